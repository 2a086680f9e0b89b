package dev.cairn.report;

import dev.cairn.analysis.lint.LintedFile;
import dev.cairn.analysis.lint.LintedFinding;
import dev.cairn.analysis.lint.LintedStatement;
import dev.cairn.analysis.lint.Remark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One linted file for people, and as the contract's lines for scripts. */
public record LintReport(LintedFile file) {

  /** What was found, each with its place and a caret; nothing for a clean file. */
  public String text(boolean colour) {
    Paint paint = new Paint(colour);
    StringBuilder out = new StringBuilder();
    for (LintedStatement statement : file.statements()) {
      if (!statement.findings().isEmpty()) {
        out.append(
            new AnalysisReport(statement.openAnalysis(), file.name(), statement.line())
                .text(colour));
        statement.findings().forEach(each -> allowed(each, paint, out));
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static void allowed(LintedFinding finding, Paint paint, StringBuilder out) {
    if (finding.allowed().isPresent()) {
      out.append(paint.dim("allowed:")).append(' ');
      out.append(TerminalText.escape(finding.finding().message()));
      out.append(" [").append(finding.finding().check()).append("] because ");
      out.append(TerminalText.escape(finding.allowed().get())).append('\n');
      finding.finding().span().ifPresent(span -> out.append(new SpanText(span).lines(paint)));
    }
  }

  /** The remarks, as notes with their places. */
  public String remarks(boolean colour) {
    Paint paint = new Paint(colour);
    StringBuilder out = new StringBuilder();
    for (Remark remark : file.remarks()) {
      out.append(remark(remark, paint));
    }
    return out.toString();
  }

  /** One remark, with its place. */
  public static String remark(Remark remark, boolean colour) {
    return remark(remark, new Paint(colour));
  }

  private static String remark(Remark remark, Paint paint) {
    return paint.bold("note:")
        + " "
        + TerminalText.escape(remark.message())
        + "\n"
        + new SpanText(remark.place()).lines(paint);
  }

  /** The line of each statement, without its line break. */
  public List<String> json() {
    return file.statements().stream()
        .map(each -> new JsonLine("analysis", fields(each)).text())
        .toList();
  }

  private Map<String, Object> fields(LintedStatement statement) {
    Map<String, Object> fields =
        new AnalysisReport(statement.analysis(), file.name(), statement.line()).json();
    List<Map<String, Object>> findings = new ArrayList<>();
    for (LintedFinding each : statement.findings()) {
      Map<String, Object> finding =
          new LinkedHashMap<>(FindingReport.json(List.of(each.finding())).get(0));
      each.allowed().ifPresent(reason -> finding.put("suppressed", reason));
      findings.add(finding);
    }
    fields.put("findings", findings);
    List<Map<String, Object>> notes =
        file.remarks().stream()
            .filter(each -> belongs(each, statement))
            .map(LintReport::fields)
            .toList();
    if (!notes.isEmpty()) {
      fields.put("notes", notes);
    }
    return fields;
  }

  /** A remark is told with the statement that it stands in or above, at last with the last. */
  private boolean belongs(Remark remark, LintedStatement statement) {
    LintedStatement next =
        file.statements().stream()
            .filter(each -> each.line() >= remark.place().line())
            .findFirst()
            .orElse(file.statements().get(file.statements().size() - 1));
    return next.offset() == statement.offset();
  }

  private static Map<String, Object> fields(Remark remark) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", remark.message());
    fields.put("line", remark.place().line());
    fields.put("column", remark.place().column());
    return fields;
  }

  /** The last line for people: what was read and what was found. */
  public static String summary(List<LintedFile> files) {
    List<LintedFinding> findings =
        files.stream()
            .flatMap(file -> file.statements().stream())
            .flatMap(statement -> statement.findings().stream())
            .toList();
    long statements = files.stream().mapToLong(file -> file.statements().size()).sum();
    List<String> found = new ArrayList<>();
    for (String severity : List.of("error", "warning", "note")) {
      counted(found, severity, findings, severity);
    }
    long allowed =
        findings.stream().map(LintedFinding::allowed).filter(Optional::isPresent).count();
    if (allowed > 0) {
      found.add(allowed + " allowed");
    }
    return Counted.of(files.size(), "file")
        + ", "
        + Counted.of(statements, "statement")
        + ": "
        + (found.isEmpty() ? "nothing found" : String.join(", ", found));
  }

  private static void counted(
      List<String> found, String noun, List<LintedFinding> findings, String severity) {
    long count =
        findings.stream()
            .filter(each -> each.allowed().isEmpty())
            .filter(each -> each.finding().severity().word().equals(severity))
            .count();
    if (count > 0) {
      found.add(Counted.of(count, noun));
    }
  }
}
