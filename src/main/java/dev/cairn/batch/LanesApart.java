package dev.cairn.batch;

import dev.cairn.catalog.Index;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.plan.ColumnSpec;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.FanOutSpec;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a plan's lanes may run at the same time: only where what one writes can't depend
 * on how far another has come. Then the result is the same whatever their order.
 */
final class LanesApart {
  private final MigrateRows step;
  private final Table target;

  private LanesApart(MigrateRows step) {
    this.step = step;
    this.target = step.target();
  }

  /** Why they may not; empty where they may. */
  static Optional<String> hindrance(Plan plan, Database database) {
    if (database.dialect().holding().isEmpty()) {
      return Optional.of("this database lets one write at a time");
    }
    return plan.step() instanceof MigrateRows step
        ? new LanesApart(step).hindrance()
        : Optional.of("only a migration's lanes are independent of each other");
  }

  private Optional<String> hindrance() {
    if (step.onConflict() == ConflictPolicy.REPLACE) {
      return Optional.of("the plan replaces rows, of which each must be seen as it is now");
    }
    if (!target.triggers().isEmpty()) {
      return Optional.of("the triggers of " + target.name() + " may write anything");
    }
    if (step.suspended().isPresent()) {
      return Optional.of("each batch has the table's triggers off, and so the table to itself");
    }
    if (target.foreignKeys().stream()
        .anyMatch(each -> each.parent().equalsIgnoreCase(target.name()))) {
      return Optional.of("rows of " + target.name() + " refer to each other");
    }
    if (expressions().anyMatch(sql -> sql.toLowerCase(Locale.ROOT).contains("select"))) {
      return Optional.of("an expression has a query of its own, which may read what is written");
    }
    return unique()
        .filter(key -> isFilled(key) && key.stream().noneMatch(this::isLane))
        .findFirst()
        .map(
            key ->
                "two lanes may write the same "
                    + String.join(", ", key)
                    + ", as none of it is always the lane's "
                    + step.lane().orElse(""));
  }

  /** What must be there once only, as columns; "" stands for an expression. */
  private Stream<List<String>> unique() {
    return Stream.concat(
        Stream.of(target.primaryKey()).filter(key -> !key.isEmpty()),
        target.indexes().stream().filter(Index::unique).map(Index::columns));
  }

  /** A key whose columns the database fills by itself is never the same twice. */
  private boolean isFilled(List<String> key) {
    return key.stream()
        .anyMatch(
            column ->
                column.isEmpty()
                    || step.key().contains(column)
                    || values(column).findFirst().isPresent());
  }

  /** Whether a column of the target is always the lane's own value, of the same type. */
  private boolean isLane(String column) {
    Optional<String> lane = step.lane();
    List<ColumnSpec> values = values(column).toList();
    return lane.isPresent()
        && !values.isEmpty()
        && values.stream().allMatch(value -> isBare(value.value().sql(), lane.get()))
        && type(target, column).isPresent()
        && type(target, column).equals(type(step.source(), lane.get()));
  }

  private static boolean isBare(String sql, String column) {
    String bare = sql.strip();
    return bare.equalsIgnoreCase(column) || bare.equals("\"" + column.replace("\"", "\"\"") + "\"");
  }

  private static Optional<String> type(Table table, String column) {
    return table.column(column).map(each -> each.type() + "/" + each.collation());
  }

  /** What a column of the target is given. */
  private Stream<ColumnSpec> values(String column) {
    return maps()
        .flatMap(map -> map.entrySet().stream())
        .filter(entry -> entry.getKey().equalsIgnoreCase(column))
        .map(Map.Entry::getValue);
  }

  private Stream<Map<String, ColumnSpec>> maps() {
    return Stream.concat(
        Stream.of(step.columns()),
        step.fanOut().stream()
            .map(FanOutSpec::variants)
            .flatMap(variants -> variants.values().stream())
            .flatMap(entries -> entries.values().stream()));
  }

  private Stream<String> expressions() {
    return Stream.concat(
        maps().flatMap(map -> map.values().stream()).map(value -> value.value().sql()),
        Stream.of(Stream.of(step.cursor()), step.filter().stream(), step.groupBy().stream())
            .flatMap(each -> each));
  }
}
