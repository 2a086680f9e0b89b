package dev.cairn.analysis.lint;

import java.util.List;

/**
 * A file with what was found in it.
 *
 * @param name as it was given
 * @param text without a byte order mark
 */
public record LintedFile(
    String name, String text, List<LintedStatement> statements, List<Remark> remarks) {

  public LintedFile {
    statements = List.copyOf(statements);
    remarks = List.copyOf(remarks);
  }

  /** How many errors there are that nothing allows. */
  public long errors() {
    return statements.stream()
        .flatMap(each -> each.findings().stream())
        .filter(LintedFinding::isError)
        .count();
  }
}
