package dev.cairn.analysis;

import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a statement would do, and what is wrong with it.
 *
 * @param text the statement as it was written, without its semicolon
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
    Statement statement,
    List<Effect> effects,
    List<Finding> findings,
    Optional<Rewrite> rewrite,
    boolean runsAtOnce) {
  public Analysis {
    effects = List.copyOf(effects);
    findings = List.copyOf(findings);
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
