package dev.cairn.report;

import dev.cairn.snapshot.DiffCounts;
import dev.cairn.snapshot.DiffPlan;
import dev.cairn.snapshot.DifferingRow;
import dev.cairn.snapshot.DifferingRow.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between a table here and there: all of it line by line, and for people the counts
 * with a few rows of each kind.
 */
public final class DiffReport {
  private static final int SAMPLES = 5;
  private static final int GROUPS = 200;

  private final DiffPlan plan;
  private final String other;
  private final Map<Side, Long> sampled = new EnumMap<>(Side.class);
  private final List<List<Object>> samples = new ArrayList<>();

  /**
   * @param other what the other side is called
   */
  public DiffReport(DiffPlan plan, String other) {
    this.plan = plan;
    this.other = other;
  }

  /** The columns of the lines, as in the contract. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add("side");
    columns.addAll(plan.key());
    columns.addAll(List.of("column", "here", "there"));
    return columns;
  }

  /**
   * A row's lines: one for each column that differs; for a row on one side, one for each of its
   * columns that isn't the key.
   */
  public List<List<Object>> lines(DifferingRow row) {
    List<Integer> columns = new ArrayList<>(row.changed());
    if (row.side() != Side.CHANGED) {
      for (int i = plan.keys(); i < plan.here().size(); i++) {
        columns.add(i);
      }
    }
    List<List<Object>> lines = new ArrayList<>();
    for (int column : columns) {
      List<Object> line = begun(row);
      line.add(plan.here().get(column));
      line.add(row.side() == Side.THERE ? null : row.here().get(column));
      line.add(row.side() == Side.HERE ? null : row.there().get(column));
      lines.add(line);
    }
    if (lines.isEmpty()) {
      List<Object> line = begun(row); // the table is all key
      line.add(null);
      line.add(null);
      line.add(null);
      lines.add(line);
    }
    return lines;
  }

  private List<Object> begun(DifferingRow row) {
    List<Object> line = new ArrayList<>();
    line.add(row.side().word());
    line.addAll(row.row().subList(0, plan.keys()));
    return line;
  }

  /** Takes a row for the samples, if it is one of the first few of its kind. */
  public void sample(DifferingRow row) {
    if (sampled.merge(row.side(), 1L, Long::sum) <= SAMPLES) {
      samples.addAll(lines(row));
    }
  }

  /** The first rows of each kind, as lines. */
  public List<List<Object>> samples() {
    return samples;
  }

  /** The counts in a sentence. */
  public String heading(DiffCounts counts, double seconds) {
    DiffCounts.Rows rows = counts.rows();
    String unequal = plan.wholeRows() ? "" : "%,d changed, ".formatted(rows.changed());
    return "%s here and in %s: %s%,d only here, %,d only there, %,d the same (%.1f s)"
        .formatted(
            plan.hereTable(),
            other,
            unequal,
            rows.onlyHere(),
            rows.onlyThere(),
            rows.same(),
            seconds);
  }

  /** What splits the counts, and the counts. */
  public static List<String> groupColumns(String by) {
    return List.of(by, "changed", "only_here", "only_there", "same");
  }

  /** The counts for each value, in the values' order; the last line may stand for the rest. */
  public static List<List<Object>> groups(DiffCounts counts) {
    List<List<Object>> lines = new ArrayList<>();
    long[] rest = new long[4];
    add(rest, counts.others());
    for (Map.Entry<Object, DiffCounts.Rows> group : counts.groups().entrySet()) {
      DiffCounts.Rows rows = group.getValue();
      if (lines.size() < GROUPS) {
        List<Object> line = new ArrayList<>();
        line.add(group.getKey() == null ? "NULL" : group.getKey());
        line.addAll(List.of(rows.changed(), rows.onlyHere(), rows.onlyThere(), rows.same()));
        lines.add(line);
      } else {
        add(rest, rows);
      }
    }
    if (rest[0] + rest[1] + rest[2] + rest[3] > 0) {
      lines.add(List.of("all others", rest[0], rest[1], rest[2], rest[3]));
    }
    return lines;
  }

  private static void add(long[] sum, DiffCounts.Rows rows) {
    sum[0] += rows.changed();
    sum[1] += rows.onlyHere();
    sum[2] += rows.onlyThere();
    sum[3] += rows.same();
  }

  /** The columns of {@link #values}. */
  public static List<String> valueColumns() {
    return List.of("column", "changed", "null_only_here", "null_only_there");
  }

  /** For each column with values that differ, how many. */
  public static List<List<Object>> values(DiffCounts counts) {
    return counts.columns().stream()
        .map(
            values ->
                List.<Object>of(
                    values.column(), values.changed(), values.nullHere(), values.nullThere()))
        .toList();
  }
}
