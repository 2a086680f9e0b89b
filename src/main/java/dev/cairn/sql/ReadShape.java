package dev.cairn.sql;

/** Queries: whether a SELECT, VALUES, TABLE or WITH really only reads. */
final class ReadShape {

  private ReadShape() {}

  static StatementKind of(TokenCursor cursor) {
    int start = cursor.position();
    if (!acceptCommonTables(cursor)) {
      return StatementKind.OPAQUE;
    }
    if (cursor.nextIs("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE")) {
      return StatementKind.CHANGE;
    }
    boolean query =
        cursor.nextIs("SELECT", "VALUES") || (isPostgresql(cursor) && cursor.nextIs("TABLE"));
    if (!query
        || WritingFunctions.areCalled(cursor)
        || WritingFunctions.isCalled(cursor, "nextval")) {
      return StatementKind.OPAQUE;
    }
    return kindOfBody(cursor, start);
  }

  /**
   * Steps over parentheses and WITH lists to the main verb. By position, never by the first verb in
   * sight: PostgreSQL allows a common table called values, and {@code WITH values AS (SELECT 1)
   * DELETE FROM t} deletes.
   */
  private static boolean acceptCommonTables(TokenCursor cursor) {
    while (cursor.nextIs("(", "WITH")) {
      if (!cursor.accept("(") && !acceptList(cursor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean acceptList(TokenCursor cursor) {
    cursor.accept("WITH");
    cursor.accept("RECURSIVE");
    do {
      if (!acceptCommonTable(cursor)) {
        return false;
      }
    } while (cursor.accept(","));
    return true;
  }

  private static boolean acceptCommonTable(TokenCursor cursor) {
    if (!cursor.acceptName()
        || (cursor.nextIs("(") && !cursor.acceptGroup())
        || !cursor.accept("AS")) {
      return false;
    }
    cursor.accept("NOT");
    cursor.accept("MATERIALIZED");
    return cursor.acceptGroup();
  }

  private static StatementKind kindOfBody(TokenCursor cursor, int start) {
    for (int i = start; i < cursor.size(); i++) {
      if (isChangingVerb(cursor, i)) {
        return cursor.is(i - 1, "(") ? StatementKind.CHANGE : StatementKind.OPAQUE;
      }
      if (cursor.is(i, "INTO")) {
        return StatementKind.OPAQUE;
      }
    }
    return StatementKind.READ;
  }

  private static boolean isChangingVerb(TokenCursor cursor, int index) {
    boolean verb =
        cursor.isOneOf(index, "INSERT", "UPDATE", "DELETE")
            || (isPostgresql(cursor) && cursor.is(index, "MERGE"));
    return verb && !cursor.is(index - 1, ".") && !isLock(cursor, index);
  }

  /** {@code FOR UPDATE} and {@code FOR NO KEY UPDATE} hold rows, they don't change them. */
  private static boolean isLock(TokenCursor cursor, int index) {
    int before = cursor.is(index - 1, "KEY") && cursor.is(index - 2, "NO") ? index - 3 : index - 1;
    return isPostgresql(cursor) && cursor.is(index, "UPDATE") && cursor.is(before, "FOR");
  }

  private static boolean isPostgresql(TokenCursor cursor) {
    return cursor.flavour() == Flavour.POSTGRESQL;
  }
}
