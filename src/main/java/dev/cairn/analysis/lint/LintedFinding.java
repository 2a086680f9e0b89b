package dev.cairn.analysis.lint;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import java.util.Optional;

/**
 * A finding in a file.
 *
 * @param allowed why a comment in the file allows it, where one does
 */
public record LintedFinding(Finding finding, Optional<String> allowed) {

  /** Whether it is an error that nothing allows. */
  public boolean isError() {
    return allowed.isEmpty() && finding.severity() == Severity.ERROR;
  }
}
