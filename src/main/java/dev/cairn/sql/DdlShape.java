package dev.cairn.sql;

/** CREATE and ALTER: whether one only adds. */
final class DdlShape {

  private DdlShape() {}

  static StatementKind of(TokenCursor cursor) {
    if (WritingFunctions.areCalled(cursor)) {
      return StatementKind.OPAQUE;
    }
    StatementKind kind = cursor.accept("CREATE") ? create(cursor) : alter(cursor);
    return kind == StatementKind.ADDITIVE_DDL && hasSemicolon(cursor) ? StatementKind.OPAQUE : kind;
  }

  private static boolean hasSemicolon(TokenCursor cursor) {
    for (int i = 0; i < cursor.size(); i++) {
      if (cursor.is(i, ";")) {
        return true;
      }
    }
    return false;
  }

  private static StatementKind create(TokenCursor cursor) {
    while (cursor.accept(
        "TEMP",
        "TEMPORARY",
        "UNLOGGED",
        "GLOBAL",
        "LOCAL",
        "UNIQUE",
        "RECURSIVE",
        "MATERIALIZED")) {
      // words that change nothing about adding
    }
    if (cursor.accept("INDEX")) {
      return StatementKind.ADDITIVE_DDL;
    }
    if (cursor.accept("VIEW")) {
      return cursor.seek("AS") ? filledBy(cursor) : StatementKind.OPAQUE;
    }
    return cursor.accept("TABLE") ? createTable(cursor) : StatementKind.DDL;
  }

  private static StatementKind createTable(TokenCursor cursor) {
    cursor.acceptAll("IF", "NOT", "EXISTS");
    if (!cursor.acceptQualifiedName()) {
      return StatementKind.OPAQUE;
    }
    return cursor.seek("AS") ? filledBy(cursor) : StatementKind.ADDITIVE_DDL;
  }

  /** A table or view is only added where its query only reads. */
  private static StatementKind filledBy(TokenCursor cursor) {
    cursor.accept("AS");
    return ReadShape.of(cursor) == StatementKind.READ
        ? StatementKind.ADDITIVE_DDL
        : StatementKind.OPAQUE;
  }

  private static StatementKind alter(TokenCursor cursor) {
    return addsColumn(cursor) ? StatementKind.ADDITIVE_DDL : StatementKind.DDL;
  }

  private static boolean addsColumn(TokenCursor cursor) {
    if (!cursor.acceptAll("ALTER", "TABLE")) {
      return false;
    }
    cursor.acceptAll("IF", "EXISTS");
    cursor.accept("ONLY");
    if (!cursor.acceptQualifiedName() || !cursor.accept("ADD")) {
      return false;
    }
    boolean column = cursor.accept("COLUMN");
    if (!column
        && cursor.nextIs("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE")) {
      return false;
    }
    // PostgreSQL takes several actions in one ALTER, the second of which may drop.
    return !cursor.atEnd() && !cursor.seek(",");
  }
}
