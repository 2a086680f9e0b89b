package dev.cairn.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was planted in an example database: how many rows there are, what the point
 * migration must find, and every row that differs or is missing for a known reason.
 */
public record Planted(
    double scale,
    long seed,
    List<RowCount> rows,
    List<Migration> migrations,
    List<DifferentRow> differentRows,
    List<HalfWritten> halfWritten,
    List<MissingPoint> missingPoints) {

  /** How many rows of a system a table holds. */
  public record RowCount(String table, int system, long rows) {
    Map<String, Object> toMap() {
      return ordered("table", table, "system", system, "rows", rows);
    }
  }

  /**
   * What the point migration finds for one system.
   *
   * @param expected rows that it yields: source rows × mapped points
   * @param alreadyThere target rows with the key of an expected one: identical + different
   * @param identical those whose value, text, quality and counts are as expected
   * @param different those that aren't, each listed in {@link Planted#differentRows}
   * @param toInsert expected rows that aren't there
   * @param unexpected target rows of the system that the migration doesn't yield
   */
  public record Migration(
      String source,
      String target,
      int system,
      long sourceRows,
      int mappedPoints,
      long expected,
      long alreadyThere,
      long identical,
      long different,
      long toInsert,
      long unexpected) {
    Map<String, Object> toMap() {
      return ordered(
          "source", source,
          "target", target,
          "system", system,
          "source_rows", sourceRows,
          "mapped_points", mappedPoints,
          "expected", expected,
          "already_there", alreadyThere,
          "identical", identical,
          "different", different,
          "to_insert", toInsert,
          "unexpected", unexpected);
    }
  }

  /** A target row that is there with other values than the migration yields: it must be kept. */
  public record DifferentRow(
      String table, String kind, Map<String, Object> key, List<DifferentColumn> columns) {
    Map<String, Object> toMap() {
      return ordered(
          "table",
          table,
          "kind",
          kind,
          "key",
          key,
          "columns",
          columns.stream().map(DifferentColumn::toMap).toList());
    }
  }

  /**
   * One column of a row that differs.
   *
   * @param planted the value in the target, a Double, Integer, String or null
   * @param source what the migration yields
   */
  public record DifferentColumn(String column, Object planted, Object source) {
    Map<String, Object> toMap() {
      return ordered("column", column, "planted", planted, "source", source);
    }
  }

  /**
   * A source row of which only some points are in the target.
   *
   * @param sourceTime its inverter_time or interval_end in seconds since 1970
   * @param pointsThere the ids that are there
   */
  public record HalfWritten(
      String source, String target, int system, long sourceTime, List<Integer> pointsThere) {
    Map<String, Object> toMap() {
      return ordered(
          "source", source,
          "target", target,
          "system", system,
          "source_time", sourceTime,
          "points_there", pointsThere);
    }
  }

  /** A point that the plan maps and point_info lacks; its column is NULL in all source rows. */
  public record MissingPoint(int system, String originSubId, String sourceColumn) {
    Map<String, Object> toMap() {
      return ordered("system", system, "origin_sub_id", originSubId, "source_column", sourceColumn);
    }
  }

  /** The same as maps, lists and plain values, in a fixed order, for a JSON writer. */
  public Map<String, Object> toMap() {
    return ordered(
        "scale",
        scale,
        "seed",
        seed,
        "rows",
        rows.stream().map(RowCount::toMap).toList(),
        "migrations",
        migrations.stream().map(Migration::toMap).toList(),
        "different_rows",
        differentRows.stream().map(DifferentRow::toMap).toList(),
        "half_written",
        halfWritten.stream().map(HalfWritten::toMap).toList(),
        "missing_points",
        missingPoints.stream().map(MissingPoint::toMap).toList());
  }

  /** How many rows a table holds in all systems. */
  public long rowsOf(String table) {
    return rows.stream()
        .filter(count -> count.table().equals(table))
        .mapToLong(RowCount::rows)
        .sum();
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
