package dev.cairn.analysis.lint;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import java.util.List;

/**
 * A statement of a file.
 *
 * @param analysis with the places of its findings in the file
 * @param offset where it begins in the file's text, in Java chars
 * @param line the line it begins in, from 1
 * @param findings the analysis's, in the same order
 */
public record LintedStatement(
    Analysis analysis, int offset, int line, List<LintedFinding> findings) {

  public LintedStatement {
    findings = List.copyOf(findings);
  }

  /** The findings that nothing allows. */
  public List<Finding> open() {
    return findings.stream()
        .filter(each -> each.allowed().isEmpty())
        .map(LintedFinding::finding)
        .toList();
  }

  /** The analysis without what is allowed; a partial key that is allowed wants no rewrite. */
  public Analysis openAnalysis() {
    List<Finding> open = open();
    boolean partial = open.stream().anyMatch(each -> each.check().equals("partial-key"));
    boolean wanted = partial || findings.size() == open.size();
    return (wanted ? analysis : analysis.withoutRewrite()).with(open);
  }
}
