package dev.cairn.report;

import dev.cairn.analysis.CheckNames;
import dev.cairn.analysis.Edit;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.analysis.lint.LintedFile;
import dev.cairn.analysis.lint.LintedFinding;
import dev.cairn.analysis.lint.LintedStatement;
import dev.cairn.analysis.lint.Remark;
import dev.cairn.error.SourceLines;
import dev.cairn.error.SourceSpan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings as one SARIF 2.1.0 log, with the key-safe rewrites as fixes. */
public record SarifReport(List<LintedFile> files, String version) {

  /** The log, in one line. */
  public String text() {
    StringWriter text = new StringWriter();
    try {
      JsonValues json = new JsonValues(text);
      json.generator().writeStartObject();
      json.fields(log());
      json.generator().writeEndObject();
      json.generator().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private Map<String, Object> log() {
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run()));
    return log;
  }

  private Map<String, Object> run() {
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "cairn");
    driver.put("version", version);
    driver.put("rules", CheckNames.all().stream().map(name -> Map.of("id", name)).toList());
    List<Object> results = new ArrayList<>();
    List<Object> notifications = new ArrayList<>();
    for (LintedFile file : files) {
      SourceLines lines = new SourceLines(file.name(), file.text());
      for (LintedStatement statement : file.statements()) {
        statement.findings().forEach(each -> results.add(result(file, statement, each, lines)));
      }
      file.remarks().forEach(remark -> notifications.add(notification(file, remark)));
    }
    Map<String, Object> invocation = new LinkedHashMap<>();
    invocation.put("executionSuccessful", true);
    invocation.put("toolExecutionNotifications", notifications);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("invocations", List.of(invocation));
    run.put("columnKind", "utf16CodeUnits");
    run.put("results", results);
    return run;
  }

  private static Map<String, Object> result(
      LintedFile file, LintedStatement statement, LintedFinding linted, SourceLines lines) {
    Finding finding = linted.finding();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.check());
    result.put("ruleIndex", CheckNames.all().indexOf(finding.check()));
    result.put("level", finding.severity().word());
    result.put("message", message(finding.message()));
    SourceSpan place = finding.span().orElseGet(() -> lines.at(statement.offset()));
    result.put("locations", List.of(location(file.name(), place)));
    linted
        .allowed()
        .ifPresent(
            reason ->
                result.put(
                    "suppressions", List.of(Map.of("kind", "inSource", "justification", reason))));
    fix(file, statement, finding, lines).ifPresent(fix -> result.put("fixes", List.of(fix)));
    return result;
  }

  private static Map<String, Object> message(String text) {
    return Map.of("text", text);
  }

  private static Map<String, Object> location(String file, SourceSpan place) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", place.line());
    region.put("startColumn", place.column());
    Map<String, Object> physical = new LinkedHashMap<>();
    physical.put("artifactLocation", Map.of("uri", uri(file)));
    physical.put("region", region);
    return Map.of("physicalLocation", physical);
  }

  /** The rewrite's edits, where they speak of the text as it stands in the file. */
  private static Optional<Map<String, Object>> fix(
      LintedFile file, LintedStatement statement, Finding finding, SourceLines lines) {
    boolean asWritten = statement.analysis().sql().equals(statement.analysis().text());
    Optional<Rewrite> rewrite = finding.rewrite().filter(each -> asWritten);
    return rewrite.map(
        found -> {
          List<Object> replacements = new ArrayList<>();
          for (Edit edit : found.edits()) {
            Map<String, Object> replacement = new LinkedHashMap<>();
            replacement.put("deletedRegion", region(edit, statement.offset(), lines));
            replacement.put("insertedContent", message(edit.replacement()));
            replacements.add(replacement);
          }
          Map<String, Object> change = new LinkedHashMap<>();
          change.put("artifactLocation", Map.of("uri", uri(file.name())));
          change.put("replacements", replacements);
          Map<String, Object> fix = new LinkedHashMap<>();
          fix.put("description", message(found.question().orElse(found.rule())));
          fix.put("artifactChanges", List.of(change));
          return fix;
        });
  }

  private static Map<String, Object> region(Edit edit, int offset, SourceLines lines) {
    SourceSpan start = lines.at(offset + edit.span().start());
    SourceSpan end = lines.at(offset + edit.span().end());
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", start.line());
    region.put("startColumn", start.column());
    region.put("endLine", end.line());
    region.put("endColumn", end.column());
    return region;
  }

  private static Map<String, Object> notification(LintedFile file, Remark remark) {
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("level", "note");
    notification.put("message", message(remark.message()));
    notification.put("locations", List.of(location(file.name(), remark.place())));
    return notification;
  }

  /** A path as a URI: relative ones stay so, as code scanning wants them. */
  private static String uri(String file) {
    try {
      String path = file.replace('\\', '/');
      boolean absolute = path.startsWith("/");
      return new URI(absolute ? "file" : null, absolute ? "" : null, path, null).toString();
    } catch (URISyntaxException odd) {
      throw new IllegalArgumentException("no path: " + file, odd);
    }
  }
}
