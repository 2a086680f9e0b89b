package dev.cairn.plan;

import dev.cairn.catalog.Column;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts the rows of a fan-out whose key the target already has, starting from the target.
 *
 * <p>Asking for each row of the query costs one index search each: 2.8 million before a first
 * migration, though the target holds next to nothing of it. A fan-out's key is made of the lane,
 * the entry, and columns that the source row alone decides, so the target's rows of the lane and
 * its entries are looked up among the source's keys instead.
 */
public final class PresentRows {
  private final MigrationQuery query;
  private final List<String> fromSource = new ArrayList<>();
  private final SqlFragment fixed;

  private PresentRows(MigrationQuery query, List<String> fromSource, SqlFragment fixed) {
    this.query = query;
    this.fromSource.addAll(fromSource);
    this.fixed = fixed;
  }

  /** The shorter way to count, where the plan's key allows it. */
  public static Optional<PresentRows> of(MigrationQuery query) {
    MigrateRows step = query.step();
    Lane lane = query.lane();
    if (query.dialect().flavour() == Flavour.POSTGRESQL) {
      return Optional.empty(); // its planner reads either side whole where that is shorter
    }
    if (step.fanOut().isEmpty() || step.aggregates() || lane.entries().isEmpty()) {
      return Optional.empty();
    }
    List<String> source = new ArrayList<>();
    SqlFragment fixed = query.targetLane();
    for (String key : step.key()) {
      boolean perEntry =
          lane.entries().stream().anyMatch(entry -> entry.columns().containsKey(key));
      if (perEntry) {
        return Optional.empty();
      }
      if (step.fanOut().get().column().sql().equalsIgnoreCase(key)) {
        fixed = fixed.then(" AND t." + query.dialect().quote(key) + " IN (" + values(query) + ")");
      } else if (!isLane(step, key)) {
        source.add(key);
      }
    }
    boolean plain = source.stream().allMatch(key -> storageClasses(column(step, key)) != null);
    return source.isEmpty() || !plain
        ? Optional.empty()
        : Optional.of(new PresentRows(query, source, fixed));
  }

  /** Source rows whose key value is of a type that this way of counting would miss; must be 0. */
  public SqlFragment countOdd(KeyRange range) {
    String condition =
        fromSource.stream()
            .map(
                key ->
                    query.dialect().typeOf(query.expression(key))
                        + " NOT IN "
                        + storageClasses(column(query.step(), key)))
            .collect(Collectors.joining(" OR "));
    return SqlFragment.of("SELECT count(*)")
        .then(query.fromSource(range))
        .then(" AND (" + condition + ")");
  }

  /** The count of target rows that the query yields too. */
  public SqlFragment count(KeyRange range) {
    return SqlFragment.of("SELECT count(*) FROM " + target() + " AS t WHERE ")
        .then(fixed)
        .then(" AND ")
        .then(amongSource(range));
  }

  /**
   * Target rows of the lane that the query doesn't yield: of entries that it lacks, or of source
   * keys that it lacks.
   */
  public SqlFragment unexpected(String what, KeyRange range, int limit) {
    String entry = query.dialect().quote(query.step().fanOut().orElseThrow().column().sql());
    return SqlFragment.of("SELECT " + what + " FROM " + target() + " AS t WHERE ")
        .then(query.targetLane())
        .then(" AND (t." + entry + " NOT IN (" + values(query) + ") OR NOT (")
        .then(amongSource(range))
        .then(")) LIMIT " + limit);
  }

  /**
   * Holds where the target's row has a key that the source yields. IN makes the engine index the
   * source's keys; the plus keeps it from searching the target once for each of them instead.
   */
  private SqlFragment amongSource(KeyRange range) {
    List<String> stored = new ArrayList<>();
    List<String> yielded = new ArrayList<>();
    for (String key : fromSource) {
      String cast = storageClasses(column(query.step(), key)).contains("text") ? "TEXT" : "NUMERIC";
      stored.add("+t." + query.dialect().quote(key));
      yielded.add("CAST(" + query.expression(key) + " AS " + cast + ")");
    }
    return SqlFragment.of("(" + String.join(", ", stored) + ") IN (SELECT ")
        .then(String.join(", ", yielded))
        .then(query.fromSource(range))
        .then(")");
  }

  private String target() {
    return query.dialect().quote(query.step().target().name());
  }

  private static boolean isLane(MigrateRows step, String key) {
    ColumnSpec spec = step.columns().get(key);
    return step.lane().isPresent()
        && spec != null
        && MigrationQuery.isName(spec.value().sql(), step.lane().get());
  }

  private static Column column(MigrateRows step, String key) {
    return step.target().column(key).orElseThrow();
  }

  private static String values(MigrationQuery query) {
    return query.lane().entries().stream()
        .map(entry -> query.dialect().literal(entry.value()))
        .collect(Collectors.joining(", "));
  }

  /** The types that a cast to the column's affinity leaves as they are; null where none is sure. */
  private static String storageClasses(Column column) {
    String type = column.type().toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return "('integer', 'real')";
    }
    if (type.contains("CHAR") || type.contains("TEXT") || type.contains("CLOB")) {
      return "('text')";
    }
    return null;
  }
}
