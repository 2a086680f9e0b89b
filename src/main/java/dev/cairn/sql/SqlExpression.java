package dev.cairn.sql;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at the expressions of plan files, which are put into statements and run once more for every
 * check.
 */
public final class SqlExpression {

  private SqlExpression() {}

  /**
   * Returns what keeps the text from being exactly one balanced expression over the columns of a
   * row: statements, subqueries, comments and parameters, and whatever would not give the same
   * value when asked again. Empty when all is well; ordered by offset.
   */
  public static List<ExpressionProblem> check(String text, Flavour flavour) {
    ExpressionTokens tokens = new ExpressionTokens(text, flavour);
    return Stream.of(
            ExpressionForm.lexicalProblems(text, flavour),
            new ExpressionBalance(tokens).problems(),
            ExpressionForm.problems(tokens),
            new ExpressionPurity(tokens).problems())
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(ExpressionProblem::offset))
        .toList();
  }

  /** Whether the text, subqueries and all, may give another value each time it is asked. */
  public static boolean varies(String text, Flavour flavour) {
    return !new ExpressionPurity(new ExpressionTokens(text, flavour)).problems().isEmpty();
  }

  /**
   * Returns the column names that the text uses, in their order; keywords, functions, types and
   * collations are left out.
   */
  public static List<NameUse> names(String text, Flavour flavour) {
    return new ExpressionTokens(text, flavour).names();
  }
}
