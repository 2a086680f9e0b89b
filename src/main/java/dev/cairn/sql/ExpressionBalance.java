package dev.cairn.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Whether an expression closes what it opens, and stays one expression outside its parentheses. */
final class ExpressionBalance {

  /**
   * Legal inside a call (an aggregate's ORDER BY, EXTRACT's FROM), the end of the expression
   * outside of one.
   */
  private static final String[] CLAUSES = {
    "FROM", "WHERE", "GROUP", "ORDER", "ON", "AS", "ASC", "DESC", "USING"
  };

  private final ExpressionTokens expression;
  private final TokenCursor tokens;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final List<ExpressionProblem> problems = new ArrayList<>();
  private int groups;

  ExpressionBalance(ExpressionTokens expression) {
    this.expression = expression;
    this.tokens = expression.tokens();
  }

  List<ExpressionProblem> problems() {
    for (int i = 0; i < expression.size(); i++) {
      read(i);
    }
    for (int opener : open) {
      report(
          opener,
          tokens.is(opener, "CASE") ? "this CASE has no END" : "this parenthesis is never closed");
    }
    return problems;
  }

  private void read(int index) {
    if (tokens.isOneOf(index, "(", "[")) {
      open.push(index);
      groups++;
    } else if (expression.isWord(index, "CASE")) {
      open.push(index);
    } else if (tokens.is(index, ")")) {
      close(index, "(");
    } else if (tokens.is(index, "]")) {
      close(index, "[");
    } else if (expression.isWord(index, "END")) {
      close(index, "CASE");
    } else if (groups == 0) {
      readOutermost(index);
    }
  }

  private void close(int index, String opener) {
    if (open.isEmpty() || !tokens.is(open.peek(), opener)) {
      report(index, "nothing opens what this closes");
      return;
    }
    open.pop();
    groups -= opener.equals("CASE") ? 0 : 1;
  }

  private void readOutermost(int index) {
    if (tokens.is(index, ",")) {
      report(index, "a second expression begins here");
      return;
    }
    boolean completes =
        (tokens.is(index, "FROM") && tokens.is(index - 1, "DISTINCT"))
            || (tokens.is(index, "GROUP") && tokens.is(index - 1, "WITHIN"));
    if (!completes && expression.isWord(index, CLAUSES)) {
      report(
          index,
          "the expression ends here: "
              + tokens.name(index)
              + " begins another part of a statement");
    }
  }

  private void report(int index, String message) {
    problems.add(new ExpressionProblem(expression.offset(index), message));
  }
}
