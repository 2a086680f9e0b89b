package dev.cairn.sql;

/**
 * The body of CREATE FUNCTION or PROCEDURE … BEGIN ATOMIC … END, whose CASE … ENDs are counted, as
 * psql does.
 */
final class PostgresqlBody implements StatementBody {

  private enum Part {
    START,
    CREATE,
    ROUTINE,
    OTHER
  }

  private Part part = Part.START;
  private boolean afterBegin;
  private int depth;

  @Override
  public void read(String text, Token token, int openParentheses) {
    if (part == Part.START) {
      part = token.is(text, "CREATE") ? Part.CREATE : Part.OTHER;
    } else if (part == Part.CREATE) {
      part = create(text, token);
    } else if (part == Part.ROUTINE && openParentheses == 0) {
      readRoutine(text, token);
    }
  }

  private static Part create(String text, Token token) {
    if (token.is(text, "OR") || token.is(text, "REPLACE")) {
      return Part.CREATE;
    }
    return token.is(text, "FUNCTION") || token.is(text, "PROCEDURE") ? Part.ROUTINE : Part.OTHER;
  }

  private void readRoutine(String text, Token token) {
    if (depth == 0) {
      depth = afterBegin && token.is(text, "ATOMIC") ? 1 : 0;
      afterBegin = token.is(text, "BEGIN");
    } else if (token.is(text, "CASE")) {
      depth++;
    } else if (token.is(text, "END")) {
      depth--;
    }
  }

  @Override
  public boolean isOpen() {
    return depth > 0;
  }
}
