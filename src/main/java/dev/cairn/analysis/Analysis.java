package dev.cairn.analysis;

import dev.cairn.error.SourceLines;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a statement would do, and what is wrong with it.
 *
 * @param text the statement as it was written, without its semicolon
 * @param sql the text that is to be run: the same, with FOR KEY written out. All places in the tree
 *     and in the rewrite's edits speak of it
 * @param statement its tree
 * @param effects what it does, in the order in which it does it; empty for what only reads
 * @param findings in the order of their places
 * @param rewrite the statement without any partial key, where there is an honest one; empty also
 *     where there is nothing to rewrite
 * @param runsAtOnce whether it is harmless by the contract: a read, BEGIN and its like, plain
 *     INSERT … VALUES, a change of one row by its full key, additive DDL
 */
public record Analysis(
    String text,
    String sql,
    Statement statement,
    List<Effect> effects,
    List<Finding> findings,
    Optional<Rewrite> rewrite,
    boolean runsAtOnce) {
  public Analysis {
    effects = List.copyOf(effects);
    findings = List.copyOf(findings);
  }

  /** The same without FOR KEY: what was written is what is run. */
  public Analysis(
      String text,
      Statement statement,
      List<Effect> effects,
      List<Finding> findings,
      Optional<Rewrite> rewrite,
      boolean runsAtOnce) {
    this(text, text, statement, effects, findings, rewrite, runsAtOnce);
  }

  /** The same with other findings. */
  public Analysis with(List<Finding> others) {
    return new Analysis(text, sql, statement, effects, others, rewrite, runsAtOnce);
  }

  /** The same without a rewrite, where what it mends is refuted or allowed. */
  public Analysis withoutRewrite() {
    return new Analysis(text, sql, statement, effects, findings, Optional.empty(), runsAtOnce);
  }

  /**
   * The same as {@code lint} sees it: a partial key is an error in a query too, a constant on a
   * later column of a key a warning.
   */
  public Analysis underLint() {
    List<Finding> raised = findings.stream().map(Analysis::raised).toList();
    return with(raised);
  }

  private static Finding raised(Finding finding) {
    if (!finding.check().equals("partial-key") || finding.severity() != Severity.NOTE) {
      return finding;
    }
    return new Finding(
        finding.check(),
        finding.probe().isPresent() ? Severity.WARNING : Severity.ERROR,
        finding.message(),
        finding.span(),
        finding.rewrite(),
        finding.probe());
  }

  /**
   * The same with the places of its findings in the file that it stands in.
   *
   * @param offset where in the file's text it begins
   */
  public Analysis placed(SourceLines file, int offset) {
    List<Finding> placed =
        findings.stream()
            .map(
                each ->
                    new Finding(
                        each.check(),
                        each.severity(),
                        each.message(),
                        each.span().map(span -> placed(span, file, offset)),
                        each.rewrite(),
                        each.probe()))
            .toList();
    return with(placed);
  }

  private static SourceSpan placed(SourceSpan span, SourceLines file, int offset) {
    int line = span.line() - 1;
    int start = line == 0 ? offset : file.start(file.line(offset) + line);
    return file.at(start + span.column() - 1);
  }

  /** Whether the statement is understood; what isn't is never called safe. */
  public boolean analysed() {
    return !(statement instanceof Opaque);
  }

  /** Whether any finding is an error. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }
}
