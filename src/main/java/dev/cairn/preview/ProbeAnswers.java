package dev.cairn.preview;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the data decide the findings that depend on it. */
final class ProbeAnswers {
  private final ReadView view;

  ProbeAnswers(ReadView view) {
    this.view = view;
  }

  /** The analysis without the findings that the data refutes; the others know their numbers. */
  Analysis answered(Analysis analysis) {
    List<Finding> findings = answered(analysis.findings());
    boolean mends = findings.stream().anyMatch(finding -> finding.rewrite().isPresent());
    boolean refuted = findings.size() < analysis.findings().size() && !mends;
    return (refuted ? analysis.withoutRewrite() : analysis).with(findings);
  }

  /** The findings without those that the data refutes. */
  List<Finding> answered(List<Finding> open) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : open) {
      (finding.probe().isEmpty() ? Optional.of(finding) : asked(finding)).ifPresent(findings::add);
    }
    return findings;
  }

  /** A probe that can't be asked decides nothing: the finding stays as it is offline. */
  private Optional<Finding> asked(Finding finding) {
    Probe probe = finding.probe().orElseThrow();
    long answer;
    try {
      answer = view.number(SqlFragment.of(probe.sql()));
    } catch (CairnException unanswered) {
      return Optional.of(finding);
    }
    return answer == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                finding.check(),
                finding.severity(),
                probe.message().replace("{n}", "%,d".formatted(answer)),
                finding.span(),
                finding.rewrite(),
                Optional.empty()));
  }
}
