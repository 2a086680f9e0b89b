package dev.cairn.bench;

/** A migration that is measured, and how its result is told from another. */
enum Migration {
  POINTS(
      "points",
      "SELECT system_id, point_id, measurement_time, session_id, received_time, round(value, 6),"
          + " value_str, error, data_quality FROM point_readings ORDER BY 1, 2, 3"),
  AGG5M(
      "agg5m",
      "SELECT system_id, point_id, interval_end, session_id, round(avg, 6), round(min, 6),"
          + " round(max, 6), round(last, 6), round(delta, 6), value_str, sample_count, error_count,"
          + " data_quality, created_at, updated_at FROM point_readings_agg_5m ORDER BY 1, 2, 3");

  private final String plan;
  private final String targetRows;

  Migration(String plan, String targetRows) {
    this.plan = plan;
    this.targetRows = targetRows;
  }

  /** The plan's name, which is also the name of the SQL file with the plain statement. */
  String plan() {
    return plan;
  }

  /**
   * Every value of the target in the order of its key, but for the rows' own numbers. Rounded: a
   * bare product by 1000 is off in its last digits, Cairn's is exact.
   */
  String targetRows() {
    return targetRows;
  }

  /** A query for the number of these rows and a hash over all of them, on PostgreSQL. */
  String targetDigest() {
    String rows =
        targetRows
            .replaceAll("round\\((\\w+), 6\\)", "round(CAST($1 AS numeric), 6) AS $1")
            .replaceAll(" ORDER BY .*", "");
    return "SELECT count(*) || ' rows, ' || sum(hashtextextended(CAST(r AS text), 0)) FROM (%s) AS r"
        .formatted(rows);
  }
}
