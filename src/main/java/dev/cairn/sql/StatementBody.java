package dev.cairn.sql;

/**
 * Follows a statement's tokens to know whether a semicolon would stand inside a body of statements.
 */
interface StatementBody {

  /** Takes the next significant token, and how many parentheses are open after it. */
  void read(String text, Token token, int openParentheses);

  /** Whether a semicolon here would not end the statement. */
  boolean isOpen();
}
