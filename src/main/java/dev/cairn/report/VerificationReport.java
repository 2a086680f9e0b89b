package dev.cairn.report;

import dev.cairn.verify.Check;
import dev.cairn.verify.SampleRow;
import dev.cairn.verify.SampleRow.Cell;
import dev.cairn.verify.Verification;
import dev.cairn.verify.Verification.Mismatch;
import dev.cairn.verify.Verification.NotVerifiable;
import dev.cairn.verify.Verification.Verified;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verification: what was compared, lane by lane, and the rows behind the numbers. */
public record VerificationReport(String plan, Verification verification) {

  /** Of a row on a line: columns that are the same on both sides, and characters of a text. */
  private static final int CELLS_SHOWN = 6;

  private static final int LONGEST = 60;

  /** The columns of the checks' table. */
  public static List<String> columns() {
    return List.of(
        "check", "lane", "result", "compared", "missing", "differing", "kept", "unexpected");
  }

  /** A row for each check. */
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (Check check : verification.checks()) {
      rows.add(
          List.of(
              check.name(),
              check.lane() == null ? "all" : check.lane(),
              result(check),
              check.compared(),
              check.missing(),
              check.differing(),
              check.kept(),
              check.unexpected()));
    }
    return rows;
  }

  /** {@code verified}, {@code mismatch} or {@code not-verifiable}. */
  public String result() {
    if (verification instanceof Verified) {
      return "verified";
    }
    return verification instanceof Mismatch ? "mismatch" : "not-verifiable";
  }

  /** What stands under the table on a terminal: details, samples, the result. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Check check : verification.checks()) {
      if (!check.detail().isEmpty()) {
        out.append(check.name()).append(check.lane() == null ? "" : " " + lane(check)).append(": ");
        out.append(TerminalText.escape(check.detail())).append('\n');
      }
    }
    for (Check check : verification.checks()) {
      for (SampleRow sample : check.sample()) {
        out.append(line(sample)).append('\n');
      }
      long listed = check.sample().stream().filter(row -> row.kind().equals("kept")).count();
      if (listed < check.kept()) {
        out.append("... and %s more%n".formatted(Counted.of(check.kept() - listed, "kept row")));
      }
    }
    String why = verification instanceof NotVerifiable none ? ": " + none.reason() : "";
    out.append("%s: %s%s (%.1f s)%n".formatted(plan, result(), why, verification.seconds()));
    return out.toString();
  }

  /** The contract's fields. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("plan", plan);
    map.put("result", result());
    map.put("seconds", Math.round(verification.seconds() * 1000) / 1000.0);
    if (verification instanceof NotVerifiable none) {
      map.put("reason", none.reason());
    }
    map.put("checks", verification.checks().stream().map(VerificationReport::json).toList());
    return map;
  }

  private static Map<String, Object> json(Check check) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", check.name());
    map.put("lane", check.lane());
    map.put("result", result(check));
    map.put("compared", check.compared());
    map.put("differing", check.differing());
    map.put("missing", check.missing());
    map.put("kept", check.kept());
    map.put("unexpected", check.unexpected());
    map.put("detail", check.detail().isEmpty() ? null : check.detail());
    map.put("sample", check.sample().stream().map(VerificationReport::json).toList());
    return map;
  }

  private static Map<String, Object> json(SampleRow sample) {
    Map<String, Object> key = new LinkedHashMap<>();
    sample.key().forEach(cell -> key.put(cell.column(), cell.expected()));
    List<Map<String, Object>> columns = new ArrayList<>();
    for (Cell cell : sample.differences()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("column", cell.column());
      one.put("expected", cell.expected());
      one.put("stored", cell.stored());
      columns.add(one);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", sample.kind());
    map.put("key", key);
    map.put("columns", columns);
    return map;
  }

  private static String result(Check check) {
    return check.ok() ? "verified" : "mismatch";
  }

  private static String lane(Check check) {
    return check.lane() == null ? "" : String.valueOf(check.lane());
  }

  private static String line(SampleRow sample) {
    StringBuilder line = new StringBuilder(sample.kind());
    for (Cell cell : sample.key()) {
      line.append(' ').append(cell.column()).append('=').append(shown(cell.expected()));
    }
    String glue = ": ";
    boolean missing = sample.kind().equals("missing");
    int same = 0;
    for (Cell cell : sample.differences()) {
      boolean differs = !missing && !isSame(cell.expected(), cell.stored());
      same += differs ? 0 : 1;
      if (differs || same <= CELLS_SHOWN) {
        line.append(glue).append(cell.column()).append(' ').append(shown(cell.expected()));
        line.append(differs ? " | stored " + shown(cell.stored()) : "");
        glue = ", ";
      }
    }
    if (same > CELLS_SHOWN) {
      line.append(", and ").append(Counted.of(same - CELLS_SHOWN, "other column"));
    }
    return TerminalText.escape(line.toString());
  }

  /** For the eye: 0 and 0.0 are one number; whether they are identical is not decided here. */
  private static boolean isSame(Object expected, Object stored) {
    if (expected instanceof Number left && stored instanceof Number right) {
      return left.doubleValue() == right.doubleValue();
    }
    return java.util.Objects.deepEquals(expected, stored);
  }

  private static String shown(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x'" + java.util.HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof String text) {
      return "'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "'";
    }
    return value.toString();
  }
}
