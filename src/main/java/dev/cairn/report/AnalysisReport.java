package dev.cairn.report;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.analysis.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement's analysis for people and for scripts.
 *
 * @param file the file that it stands in, empty for typed text
 * @param line the line of the file that it begins in, 1 for typed text
 */
public record AnalysisReport(Analysis analysis, String file, int line) {

  /** The contract's fields. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file.isEmpty() ? null : file);
    map.put("line", line);
    map.put("statement", analysis.text());
    map.put("sql", analysis.sql());
    map.put(
        "targets",
        analysis.effects().stream()
            .map(Effect::table)
            .flatMap(Optional::stream)
            .distinct()
            .toList());
    map.put("analysed", analysis.analysed());
    map.put("runs_at_once", analysis.runsAtOnce());
    map.put("findings", FindingReport.json(analysis.findings()));
    map.put("rewrite", analysis.rewrite().map(Rewrite::sql).orElse(null));
    return map;
  }

  /** The findings with their places, then the rewrite with its rule. */
  public String text(boolean colour) {
    Paint paint = new Paint(colour);
    StringBuilder out = new StringBuilder();
    List<Finding> findings = analysis.findings();
    for (int i = 0; i < findings.size(); i++) {
      boolean placedBelow =
          i + 1 < findings.size() && findings.get(i).span().equals(findings.get(i + 1).span());
      finding(findings.get(i), !placedBelow, paint, out);
    }
    out.append(changes(colour));
    return out.toString();
  }

  /** What is run in place of what was written: FOR KEY written out, and the rewrite. */
  public String changes(boolean colour) {
    Paint paint = new Paint(colour);
    StringBuilder out = new StringBuilder();
    if (!analysis.sql().equals(analysis.text())) {
      out.append(paint.bold("FOR KEY written out:")).append('\n');
      analysis
          .sql()
          .lines()
          .forEach(l -> out.append("  ").append(TerminalText.escape(l)).append('\n'));
    }
    analysis.rewrite().ifPresent(rewrite -> rewrite(rewrite, paint, out));
    return out.toString();
  }

  private static void finding(Finding finding, boolean placed, Paint paint, StringBuilder out) {
    String word = finding.severity().word() + ":";
    boolean error = finding.severity() == Severity.ERROR;
    out.append(error ? paint.alarming(word) : paint.bold(word)).append(' ');
    out.append(TerminalText.escape(finding.message()));
    out.append(" [").append(finding.check()).append("]\n");
    finding
        .span()
        .filter(span -> placed)
        .ifPresent(span -> out.append(new SpanText(span).lines(paint)));
  }

  private void rewrite(Rewrite rewrite, Paint paint, StringBuilder out) {
    out.append(paint.bold("key-safe:")).append(' ');
    out.append(TerminalText.escape(rewrite.rule())).append('\n');
    out.append(new RewriteText(analysis.sql(), rewrite, paint).lines());
    rewrite
        .question()
        .ifPresent(
            question ->
                out.append(paint.bold("this changes more than the rows:"))
                    .append(' ')
                    .append(TerminalText.escape(question))
                    .append('\n'));
  }
}
