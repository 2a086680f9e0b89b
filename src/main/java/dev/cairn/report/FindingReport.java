package dev.cairn.report;

import dev.cairn.analysis.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings for people and for scripts. */
final class FindingReport {
  private FindingReport() {}

  static List<Map<String, Object>> json(List<Finding> findings) {
    return findings.stream().map(FindingReport::json).toList();
  }

  static void text(List<Finding> findings, StringBuilder out) {
    for (Finding finding : findings) {
      out.append(finding.severity().word()).append(": ");
      out.append(TerminalText.escape(finding.message()));
      out.append(" [").append(finding.check()).append("]\n");
    }
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("check", finding.check());
    map.put("severity", finding.severity().word());
    map.put("message", finding.message());
    map.put(
        "file",
        finding.span().map(span -> span.file()).filter(file -> !file.isEmpty()).orElse(null));
    map.put("line", finding.span().map(span -> span.line()).orElse(null));
    map.put("column", finding.span().map(span -> span.column()).orElse(null));
    finding.rewrite().ifPresent(rewrite -> map.put("rewrite", rewrite.sql()));
    return map;
  }
}
