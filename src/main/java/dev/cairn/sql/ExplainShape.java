package dev.cairn.sql;

/** EXPLAIN: SQLite's never executes, PostgreSQL's does with ANALYZE. */
final class ExplainShape {

  private ExplainShape() {}

  static StatementKind of(TokenCursor cursor) {
    cursor.accept("EXPLAIN");
    return cursor.flavour() == Flavour.SQLITE ? sqlite(cursor) : postgresql(cursor);
  }

  /** Steps to the statement that is explained, and returns whether it is executed all the same. */
  static boolean acceptPrefix(TokenCursor cursor) {
    cursor.accept("EXPLAIN");
    if (cursor.flavour() == Flavour.SQLITE) {
      cursor.acceptAll("QUERY", "PLAN");
      return false;
    }
    return acceptOptions(cursor);
  }

  private static StatementKind sqlite(TokenCursor cursor) {
    cursor.acceptAll("QUERY", "PLAN");
    if (cursor.nextIs("PRAGMA")) {
      // Many PRAGMAs act while they are compiled, so EXPLAIN doesn't stop them.
      return PragmaShape.of(cursor);
    }
    return cursor.nextIs("EXPLAIN", "ANALYZE") ? StatementKind.OPAQUE : unexecuted(cursor);
  }

  private static StatementKind postgresql(TokenCursor cursor) {
    boolean executes = acceptOptions(cursor);
    if (cursor.nextIs("EXPLAIN")) {
      return StatementKind.OPAQUE;
    }
    if (!executes) {
      return unexecuted(cursor);
    }
    StatementKind kind = StatementShape.kindOf(cursor);
    return kind == StatementKind.INSERT_VALUES ? StatementKind.CHANGE : kind;
  }

  /** A planner may evaluate functions of constants. */
  private static StatementKind unexecuted(TokenCursor cursor) {
    return cursor.atEnd() || WritingFunctions.areCalled(cursor)
        ? StatementKind.OPAQUE
        : StatementKind.READ;
  }

  private static boolean acceptOptions(TokenCursor cursor) {
    int start = cursor.position();
    boolean inParentheses =
        cursor.nextIs("(") && !cursor.isOneOf(start + 1, "SELECT", "WITH", "VALUES", "TABLE", "(");
    if (inParentheses) {
      cursor.acceptGroup();
    } else {
      while (cursor.accept("ANALYZE", "ANALYSE", "VERBOSE")) {
        // any order: what the engine refuses does no harm
      }
    }
    for (int i = start; i < cursor.position(); i++) {
      // ANALYZE false counts too: it only leads to a closer look.
      if (cursor.isName(i) && cursor.lowerName(i).matches("analy[sz]e")) {
        return true;
      }
    }
    return false;
  }
}
