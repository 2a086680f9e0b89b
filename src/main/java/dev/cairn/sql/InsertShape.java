package dev.cairn.sql;

/** INSERTs: whether one only adds the rows that it spells out. */
final class InsertShape {

  private InsertShape() {}

  static StatementKind of(TokenCursor cursor) {
    if (WritingFunctions.areCalled(cursor)) {
      return StatementKind.OPAQUE;
    }
    return isPlain(cursor) ? StatementKind.INSERT_VALUES : StatementKind.CHANGE;
  }

  private static boolean isPlain(TokenCursor cursor) {
    if (!cursor.acceptAll("INSERT", "INTO") || !cursor.acceptQualifiedName()) {
      return false;
    }
    String table = cursor.lowerName(cursor.position() - 1);
    if (cursor.accept("AS") && !cursor.acceptName()) {
      return false;
    }
    int columns = cursor.position();
    if (cursor.nextIs("(") && !cursor.acceptGroup()) {
      return false;
    }
    if (commandsVirtualTable(cursor, columns, table)) {
      return false;
    }
    return (cursor.acceptAll("DEFAULT", "VALUES") || acceptRows(cursor)) && endsPlainly(cursor);
  }

  /**
   * SQLite's full-text tables take commands in a column that bears the table's name, such as
   * 'delete-all'.
   */
  private static boolean commandsVirtualTable(TokenCursor cursor, int columns, String table) {
    for (int i = columns; i < cursor.position(); i++) {
      if (cursor.isName(i) && cursor.lowerName(i).equals(table)) {
        return true;
      }
    }
    return false;
  }

  private static boolean acceptRows(TokenCursor cursor) {
    if (!cursor.accept("VALUES") || hasQuery(cursor)) {
      return false;
    }
    do {
      if (!cursor.acceptGroup()) {
        return false;
      }
    } while (cursor.accept(","));
    return true;
  }

  private static boolean endsPlainly(TokenCursor cursor) {
    return cursor.atEnd() || (cursor.accept("RETURNING") && !hasQuery(cursor));
  }

  private static boolean hasQuery(TokenCursor cursor) {
    for (int i = cursor.position(); i < cursor.size(); i++) {
      if (cursor.isOneOf(
          i, "SELECT", "VALUES", "WITH", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE")) {
        return true;
      }
    }
    return false;
  }
}
