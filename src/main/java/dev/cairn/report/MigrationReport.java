package dev.cairn.report;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a measured migration says: what it reads, what it would write, lane by lane. */
record MigrationReport(Measured measured, Dialect dialect) implements StepReport {

  @Override
  public List<String> columns() {
    return List.of(
        measured.plan().migration().lane().orElse("lane"),
        "variant",
        "source_rows",
        "rows_each",
        "expected",
        "already_there",
        "to_write",
        "from",
        "to");
  }

  @Override
  public List<List<Object>> rows() {
    return measured.lanes().stream().map(this::row).toList();
  }

  private List<Object> row(Lane lane) {
    List<Object> row = new ArrayList<>();
    row.add(lane.value() == null ? "all" : lane.value());
    row.add(lane.variant());
    row.add(lane.sourceRows());
    row.add(rowsEach(lane));
    row.add(lane.expectedRows());
    row.add(lane.alreadyThere());
    row.add(lane.toWrite());
    row.add(Moments.dated(lane.from()));
    row.add(Moments.dated(lane.bound()));
    return row;
  }

  @Override
  public String text() {
    return ("%s, %s expected, %,d already there, %,d to write;" + " about %s s in batches of %s%n")
        .formatted(
            Counted.of(measured.total(Lane::sourceRows), "source row"),
            Counted.rows(measured.total(Lane::expectedRows)),
            measured.total(Lane::alreadyThere),
            measured.total(Lane::toWrite),
            measured.estimateSeconds(),
            dialect.hasTemporary() ? "0.5 s (of 0.1 s with pauses beside other users)" : "1 s");
  }

  @Override
  public String example() {
    return batch()
        .map(
            sql -> "\nA batch, here of the first lane, runs between two cursor values (?):\n" + sql)
        .orElse("");
  }

  @Override
  public String heading() {
    MigrateRows step = measured.plan().migration();
    String policy = "a row that is there with other values: " + step.onConflict().word();
    return "plan %s: %s -> %s (%s); %s%n"
        .formatted(
            measured.plan().name(),
            step.source().name(),
            step.target().name(),
            String.join(", ", step.key()),
            policy);
  }

  @Override
  public String summary() {
    return "%s into %s"
        .formatted(Counted.rows(measured.total(Lane::toWrite)), measured.plan().tableName());
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    MigrateRows migration = measured.plan().migration();
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("kind", "MigrateRows");
    step.put("source", migration.source().name());
    step.put("target", migration.target().name());
    step.put("key", migration.key());
    step.put("on_conflict", migration.onConflict().word());
    step.put("sql", batch().orElse(null));
    step.put("batched", true);
    return List.of(step);
  }

  @Override
  public long rowsEach(Lane lane) {
    return new MigrationQuery(measured.plan().migration(), lane, dialect).rowsPerSource();
  }

  /** The write of the first lane that has rows, as it runs. */
  private Optional<String> batch() {
    return measured.lanes().stream()
        .filter(lane -> lane.expectedRows() > 0)
        .findFirst()
        .map(
            lane -> {
              MigrationQuery query = new MigrationQuery(measured.plan().migration(), lane, dialect);
              KeyRange range = new KeyRange(Optional.of(lane.from()), lane.bound());
              return folded(query.insert(range, Gate.OPEN).sql());
            });
  }

  /** One clause a line; nothing but line breaks is changed. */
  private static String folded(String sql) {
    return sql.replace(" SELECT ", "\nSELECT ")
            .replace(" FROM \"", "\nFROM \"")
            .replace(" CROSS JOIN ", "\n  CROSS JOIN ")
            .replace(", CASE ", ",\n  CASE ")
            .replace(" WHERE ", "\nWHERE ")
            .replace(" ON CONFLICT ", "\nON CONFLICT ")
        + "\n";
  }
}
