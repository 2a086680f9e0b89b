package dev.cairn.report;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A measured plan: what it reads, what it would write, by lane, and the SQL that would run. */
public record PlanReport(Measured measured, Dialect dialect) {

  /** The columns of the lanes' table. */
  public List<String> columns() {
    if (isRebuild()) {
      return RebuildReport.columns();
    }
    if (measured.plan().isChange()) {
      return ChangeReport.columns();
    }
    return List.of(
        laneName(),
        "variant",
        "source_rows",
        "rows_each",
        "expected",
        "already_there",
        "to_write",
        "from",
        "to");
  }

  /** A row for each lane and, where there are several, their sum. */
  public List<List<Object>> rows() {
    if (isRestore()) {
      return new RestoreReport(measured).rows();
    }
    if (isRebuild()) {
      return new RebuildReport(measured).rows();
    }
    if (measured.plan().isChange()) {
      return new ChangeReport(measured).rows();
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Lane lane : measured.lanes()) {
      rows.add(row(lane));
    }
    return rows;
  }

  /** What stands under the lanes' table on a terminal. */
  public String text() {
    StringBuilder out = new StringBuilder();
    if (measured.plan().isChange() || isRebuild()) {
      out.append(
          isRebuild()
              ? new RebuildReport(measured).text()
              : isRestore()
                  ? new RestoreReport(measured).text()
                  : new ChangeReport(measured).text());
      FindingReport.text(measured.findings(), out);
      token(out);
      return out.toString();
    }
    String summary =
        "%,d source rows, %,d rows expected, %,d already there, %,d to write;"
            + " about %s s in batches of 0.5 s (of 0.1 s with pauses beside other users)%n";
    out.append(
        summary.formatted(
            measured.total(Lane::sourceRows),
            measured.total(Lane::expectedRows),
            measured.total(Lane::alreadyThere),
            measured.total(Lane::toWrite),
            measured.estimateSeconds()));
    FindingReport.text(measured.findings(), out);
    example()
        .ifPresent(
            sql ->
                out.append(
                        "\nA batch, here of the first lane, runs between two cursor values (?):\n")
                    .append(sql));
    token(out);
    return out.toString();
  }

  private boolean isRebuild() {
    return measured.plan().step() instanceof RebuildTable;
  }

  private void token(StringBuilder out) {
    measured
        .token()
        .ifPresentOrElse(
            token -> out.append("\ntoken ").append(token.text()).append('\n'),
            () -> out.append("\nThis plan is refused: mend the errors above, then plan again.\n"));
  }

  /** The heading above the lanes' table. */
  public String heading() {
    if (isRestore()) {
      return new RestoreReport(measured).heading();
    }
    if (isRebuild()) {
      return new RebuildReport(measured).heading();
    }
    if (measured.plan().isChange()) {
      return new ChangeReport(measured).heading();
    }
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

  /** The contract's fields. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", measured.plan().name());
    map.put("token", measured.token().map(Token::text).orElse(null));
    map.put("steps", steps());
    map.put("source_rows", measured.total(Lane::sourceRows));
    map.put("expected_rows", measured.total(Lane::expectedRows));
    map.put("already_there", measured.total(Lane::alreadyThere));
    map.put("to_write", measured.total(Lane::toWrite));
    map.put("lanes", measured.lanes().stream().map(this::json).toList());
    map.put("findings", FindingReport.json(measured.findings()));
    map.put("estimate_seconds", measured.estimateSeconds());
    return map;
  }

  private List<Map<String, Object>> steps() {
    if (isRestore()) {
      return new RestoreReport(measured).json();
    }
    if (isRebuild()) {
      return List.of(new RebuildReport(measured).json());
    }
    return List.of(
        measured.plan().isChange() ? new ChangeReport(measured).json() : migrationStep());
  }

  private boolean isRestore() {
    return !measured.plan().restores().isEmpty();
  }

  private Map<String, Object> migrationStep() {
    MigrateRows migration = measured.plan().migration();
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("kind", "MigrateRows");
    step.put("source", migration.source().name());
    step.put("target", migration.target().name());
    step.put("key", migration.key());
    step.put("on_conflict", migration.onConflict().word());
    step.put("sql", example().orElse(null));
    step.put("batched", true);
    return step;
  }

  private Map<String, Object> json(Lane lane) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lane", lane.value());
    map.put("variant", lane.variant().isEmpty() ? null : lane.variant());
    map.put("source_rows", lane.sourceRows());
    map.put("rows_each", rowsEach(lane));
    map.put("expected_rows", lane.expectedRows());
    map.put("already_there", lane.alreadyThere());
    map.put("to_write", lane.toWrite());
    map.put("from", lane.from());
    map.put("to", lane.bound());
    return map;
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

  private long rowsEach(Lane lane) {
    return measured.plan().isChange()
        ? 1
        : new MigrationQuery(measured.plan().migration(), lane, dialect).rowsPerSource();
  }

  private String laneName() {
    return measured.plan().migration().lane().orElse("lane");
  }

  /** The write of the first lane that has rows, as it runs. */
  private Optional<String> example() {
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
