package dev.cairn.sql;

/**
 * The body of CREATE TRIGGER … BEGIN …; END. Only an END right after a semicolon closes it, since
 * no statement begins with END and no CASE contains a semicolon; so CASE … END needs no counting.
 */
final class SqliteBody implements StatementBody {

  private enum Part {
    START,
    CREATE,
    HEAD,
    BODY,
    OTHER
  }

  private Part part = Part.START;
  private boolean statementMayBegin;
  private boolean qualified;

  @Override
  public void read(String text, Token token, int openParentheses) {
    if (part == Part.START) {
      part = start(text, token);
    } else if (part == Part.CREATE) {
      part = create(text, token);
    } else if (part == Part.HEAD && !qualified && token.is(text, "BEGIN")) {
      part = Part.BODY;
      statementMayBegin = true;
    } else if (part == Part.BODY) {
      part = statementMayBegin && token.is(text, "END") ? Part.OTHER : Part.BODY;
      statementMayBegin = token.isSemicolon(text);
    }
    // new.begin in a WHEN clause is a column.
    qualified = token.is(text, ".");
  }

  private static Part start(String text, Token token) {
    if (token.is(text, "EXPLAIN") || token.is(text, "QUERY") || token.is(text, "PLAN")) {
      return Part.START;
    }
    return token.is(text, "CREATE") ? Part.CREATE : Part.OTHER;
  }

  private static Part create(String text, Token token) {
    if (token.is(text, "TEMP") || token.is(text, "TEMPORARY")) {
      return Part.CREATE;
    }
    return token.is(text, "TRIGGER") ? Part.HEAD : Part.OTHER;
  }

  @Override
  public boolean isOpen() {
    return part == Part.BODY;
  }
}
