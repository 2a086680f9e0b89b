package dev.cairn.report;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.lint.LintedFile;
import dev.cairn.analysis.lint.LintedFinding;
import dev.cairn.analysis.lint.Remark;
import dev.cairn.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Findings as the workflow commands that GitHub shows beside the lines of a change. */
public final class GithubReport {
  private GithubReport() {}

  /** One line for each finding and remark of a file, without its line break. */
  public static List<String> lines(LintedFile file) {
    List<String> lines = new ArrayList<>();
    file.statements().stream()
        .flatMap(statement -> statement.findings().stream())
        .forEach(each -> lines.add(line(file.name(), each)));
    for (Remark remark : file.remarks()) {
      lines.add(
          command("notice", file.name(), Optional.of(remark.place()), "cairn", remark.message()));
    }
    return lines;
  }

  private static String line(String file, LintedFinding linted) {
    Finding finding = linted.finding();
    if (linted.allowed().isPresent()) {
      String message = finding.message() + " (allowed because " + linted.allowed().get() + ")";
      return command("notice", file, finding.span(), finding.check(), message);
    }
    String message =
        finding.message()
            + finding.rewrite().map(rewrite -> "\nkey-safe:\n" + rewrite.sql()).orElse("");
    return command(word(finding.severity()), file, finding.span(), finding.check(), message);
  }

  private static String word(Severity severity) {
    return severity == Severity.NOTE ? "notice" : severity.word();
  }

  private static String command(
      String word, String file, Optional<SourceSpan> place, String title, String message) {
    StringBuilder line =
        new StringBuilder("::").append(word).append(" file=").append(property(file));
    place.ifPresent(
        span -> line.append(",line=").append(span.line()).append(",col=").append(span.column()));
    return line.append(",title=")
        .append(property(title))
        .append("::")
        .append(data(message))
        .toString();
  }

  /** What would end the command's line, in the form in which GitHub reads it back. */
  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
