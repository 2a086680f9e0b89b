package dev.cairn.sql;

import dev.cairn.sql.ExpressionTokens.Role;
import java.util.ArrayList;
import java.util.List;

/** Whether an expression consists of nothing but what an expression may contain. */
final class ExpressionForm {

  private static final String[] QUERIES = {"SELECT", "VALUES", "WITH", "TABLE"};

  private static final String[] STATEMENTS = {
    "ATTACH",
    "DETACH",
    "PRAGMA",
    "INSERT",
    "UPDATE",
    "DELETE",
    "REPLACE",
    "MERGE",
    "TRUNCATE",
    "CREATE",
    "ALTER",
    "DROP",
    "VACUUM",
    "REINDEX",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "GRANT",
    "REVOKE",
    "EXECUTE",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "JOIN",
    "INTO",
    "RETURNING",
    "HAVING",
    "LIMIT"
  };

  private final ExpressionTokens expression;
  private final TokenCursor tokens;
  private final List<ExpressionProblem> problems = new ArrayList<>();

  private ExpressionForm(ExpressionTokens expression) {
    this.expression = expression;
    this.tokens = expression.tokens();
  }

  /** Returns what the lexer alone can tell. */
  static List<ExpressionProblem> lexicalProblems(String text, Flavour flavour) {
    List<ExpressionProblem> problems = new ArrayList<>();
    for (Token token : Lexer.tokens(text, flavour)) {
      String message = lexicalProblem(text, token);
      if (!message.isEmpty()) {
        problems.add(new ExpressionProblem(token.start(), message));
      }
    }
    return problems;
  }

  private static String lexicalProblem(String text, Token token) {
    return switch (token.kind()) {
      case UNTERMINATED -> "this is never closed";
      case INVALID -> "this can't be read as SQL";
      case COMMENT -> "a comment can't stand in an expression";
      case PARAMETER -> "a parameter can't stand in an expression: nothing gives it a value";
      default -> token.isSemicolon(text) ? "a semicolon can't stand in an expression" : "";
    };
  }

  static List<ExpressionProblem> problems(ExpressionTokens expression) {
    ExpressionForm form = new ExpressionForm(expression);
    if (expression.size() == 0) {
      return List.of(new ExpressionProblem(0, "the expression is empty"));
    }
    for (int i = 0; i < expression.size(); i++) {
      form.readWord(i);
      form.readNeighbours(i);
    }
    form.readEnd(expression.size() - 1);
    return form.problems;
  }

  private void readWord(int index) {
    boolean timeZone = tokens.is(index, "WITH") && tokens.is(index + 1, "TIME");
    boolean called = expression.role(index) == Role.FUNCTION && !tokens.is(index, "VALUES");
    if (!timeZone && expression.isWord(index, QUERIES)) {
      report(index, "a subquery can't stand in an expression");
    } else if (!called && expression.isWord(index, STATEMENTS)) {
      report(
          index,
          tokens.name(index)
              + " doesn't belong in an expression; a column of that name needs quotes");
    } else if (expression.isWord(index, "IN") && !tokens.is(index + 1, "(")) {
      // SQLite reads x IN t as a subquery on the table t.
      report(index, "IN needs a list in parentheses");
    }
  }

  /** Two operands side by side are two expressions, or an alias. */
  private void readNeighbours(int index) {
    boolean oneName = tokens.is(index, ".") || tokens.is(index - 1, ".");
    if (index > 0 && !oneName && endsOperand(index - 1) && beginsOperand(index)) {
      report(index, "an operator is missing before this");
    }
  }

  private boolean endsOperand(int index) {
    Role role = expression.role(index);
    return role == Role.NAME || role == Role.LITERAL || tokens.isOneOf(index, ")", "END");
  }

  private boolean beginsOperand(int index) {
    Role role = expression.role(index);
    boolean clause = expression.isWord(index, "OVER", "FILTER", "WITHIN");
    boolean operand =
        role == Role.NAME || role == Role.LITERAL || (role == Role.FUNCTION && !clause);
    return operand || tokens.isOneOf(index, "(", "CASE");
  }

  private void readEnd(int last) {
    boolean closing = tokens.isOneOf(last, ")", "]");
    if (expression.role(last) == Role.SYMBOL && !closing) {
      report(last, "the expression breaks off here");
    }
  }

  private void report(int index, String message) {
    problems.add(new ExpressionProblem(expression.offset(index), message));
  }
}
