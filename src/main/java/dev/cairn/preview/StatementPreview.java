package dev.cairn.preview;

import dev.cairn.analysis.Analysis;
import java.util.List;

/**
 * A statement with everything that the data says about it, all of one moment.
 *
 * @param analysis the analysis; findings that the data refuted are gone, the others know their
 *     numbers
 * @param scopes what it would do, part by part; empty for what writes no rows
 * @param access how the engine would find the rows, in words
 * @param measuredSeconds how long it took to count
 * @param estimateSeconds how long the statement is expected to take, roughly
 */
public record StatementPreview(
    Analysis analysis,
    List<TargetScope> scopes,
    List<String> access,
    double measuredSeconds,
    double estimateSeconds) {

  public StatementPreview {
    scopes = List.copyOf(scopes);
    access = List.copyOf(access);
  }

  /** What {@code plan} would run: the key-safe text where there is one. */
  public String sql() {
    return analysis.rewrite().map(rewrite -> rewrite.sql()).orElse(analysis.sql());
  }
}
