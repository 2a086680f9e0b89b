package dev.cairn.journal;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a migration left, lane by lane, as rows to take back. Which rows it put in stands in its
 * checkpoints (as ranges of row numbers) and in the undo table (as keys); what it wrote into them
 * its query says. A row whose source changed or went since can't be told from one that somebody
 * wrote, and stays.
 */
final class UndoneMigration {
  private static final String CONSTANT =
      "(?i)[-+]?[0-9.]+|'[^']*'(?:::[\\w .\"(),\\[\\]]+)?|null|true|false";

  private final ReadView view;
  private final Run run;
  private final Measured frozen;
  private final MigrateRows step;
  private final Dialect dialect;
  private final TouchedTable target;
  private final List<RestoreRows> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param frozen the migration as it was planned, with its resolved mapping
   */
  UndoneMigration(ReadView view, Run run, Measured frozen, Dialect dialect) {
    this.view = view;
    this.run = run;
    this.frozen = frozen;
    this.step = frozen.plan().migration();
    this.dialect = dialect;
    this.target = TouchedTable.whole(step.target()).orElseThrow();
    for (LaneState lane : run.lanes()) {
      if (lane.tally().inserted() + lane.tally().replaced() > 0) {
        lane(lane);
      }
    }
  }

  List<RestoreRows> steps() {
    return steps;
  }

  List<Finding> findings() {
    return findings;
  }

  private void lane(LaneState state) {
    Lane lane = frozen.lanes().get(state.number());
    MigrationQuery query = new MigrationQuery(step, lane, dialect);
    KeyRange all = KeyRange.upTo(lane.bound());
    if (state.tally().inserted() > 0) {
      String mine = inserted(state);
      steps.add(removal(query, all, mine));
      conflicts(mine, present(query, all, mine), lane);
    }
    if (state.tally().replaced() > 0) {
      steps.add(backAgain(query, all, state));
      String mine = among(state, "replaced");
      conflicts(mine, matching(query, all, mine + " AND " + query.identical()), lane);
    }
  }

  private RestoreRows removal(MigrationQuery query, KeyRange all, String mine) {
    TouchedTable removed =
        new TouchedTable(
            target.table(), target.key(), target.rowNumber(), target.before(), List.of());
    SqlFragment rows =
        query.matchedBy(
            SqlFragment.of(now()),
            all,
            SqlFragment.of(mine + " AND " + asWritten(query)),
            Gate.OPEN);
    return back(ChangeKind.DELETE, removed, rows);
  }

  private RestoreRows back(ChangeKind kind, TouchedTable table, SqlFragment rows) {
    return new RestoreRows(kind, table, rows, Optional.empty(), Optional.empty(), step.suspended());
  }

  private RestoreRows backAgain(MigrationQuery query, KeyRange all, LaneState state) {
    List<String> written =
        query.columns().stream().filter(column -> !target.key().contains(column)).toList();
    TouchedTable replaced =
        new TouchedTable(
            target.table(), target.key(), target.rowNumber(), target.before(), written);
    String on =
        step.key().stream()
            .map(dialect::quote)
            .map(key -> "cairn_u." + key + " = t." + key)
            .collect(Collectors.joining(" AND "));
    List<String> was =
        written.stream()
            .map(
                column ->
                    "(SELECT cairn_u."
                        + dialect.quote(column)
                        + " FROM "
                        + undo()
                        + " AS cairn_u WHERE "
                        + kept(state, "replaced")
                        + " AND "
                        + on
                        + ")")
            .toList();
    SqlFragment rows =
        query.matchedBy(
            SqlFragment.of(now() + ", " + String.join(", ", was)),
            all,
            SqlFragment.of(among(state, "replaced") + " AND " + query.identical()),
            Gate.OPEN);
    return back(ChangeKind.UPDATE, replaced, rows);
  }

  private void conflicts(String mine, long untouched, Lane lane) {
    long there =
        view.number(
            SqlFragment.of(
                "SELECT count(*) FROM "
                    + dialect.quote(target.table().name())
                    + " AS t WHERE "
                    + mine));
    if (there > untouched) {
      findings.add(
          Finding.of(
              "conflict",
              Severity.WARNING,
              "lane %s: %,d rows of %s aren't what the query yields any more, as they or their source rows changed since: left alone"
                  .formatted(lane.label(), there - untouched, target.table().name())));
    }
  }

  private long present(MigrationQuery query, KeyRange all, String mine) {
    return matching(query, all, mine + " AND " + asWritten(query));
  }

  private long matching(MigrationQuery query, KeyRange all, String condition) {
    return view.number(
        query.matchedBy(SqlFragment.of("count(*)"), all, SqlFragment.of(condition), Gate.OPEN));
  }

  /** Every column as it was put in: mapped ones by the query, the others by their default. */
  private String asWritten(MigrationQuery query) {
    List<String> terms = new ArrayList<>();
    Table table = target.table();
    for (Column column : table.columns()) {
      if (query.columns().contains(column.name())) {
        terms.add("(" + query.identical(column.name()) + ")");
      } else if (!column.generated()
          && table.rowNumber().filter(column.name()::equals).isEmpty()
          && (column.defaultValue() == null || column.defaultValue().matches(CONSTANT))) {
        String value = column.defaultValue() == null ? "NULL" : column.defaultValue();
        String stored = "t." + dialect.quote(column.name());
        terms.add("(" + dialect.identical(column, table, stored, value) + ")");
      }
    }
    return dialect.asOne(String.join(" AND ", terms));
  }

  /** The rows that the lane put in: by their numbers where it noted them, else by their keys. */
  private String inserted(LaneState state) {
    String byKey = among(state, "inserted");
    return InsertedRows.number(target.table(), dialect)
        .map(dialect::quote)
        .map(
            id ->
                dialect.handsOnWritten()
                    ? oneList(state, id)
                    : "(EXISTS (SELECT 1 FROM cairn_checkpoint AS cairn_c WHERE cairn_c.run = %d AND"
                            .formatted(run.id())
                        + " cairn_c.lane = %d AND t.%s BETWEEN cairn_c.id_from AND cairn_c.id_to) OR %s)"
                            .formatted(state.number(), id, byKey))
        .orElse(byKey);
  }

  /**
   * Both as one list of numbers, which is joined; two conditions with OR would be asked row by row.
   */
  private String oneList(LaneState state, String id) {
    String table = dialect.quote(target.table().name());
    String noted =
        "SELECT generate_series(cairn_c.id_from, cairn_c.id_to) FROM cairn_checkpoint AS cairn_c"
            + " WHERE cairn_c.run = %d AND cairn_c.lane = %d".formatted(run.id(), state.number());
    String keyed =
        "SELECT t.%s FROM %s AS t WHERE %s".formatted(id, table, among(state, "inserted"));
    return "(t.%s IN (%s UNION ALL %s))".formatted(id, noted, keyed);
  }

  private String among(LaneState state, String kind) {
    String own =
        step.key().stream().map(k -> "t." + dialect.quote(k)).collect(Collectors.joining(", "));
    String noted =
        step.key().stream()
            .map(k -> "cairn_u." + dialect.quote(k))
            .collect(Collectors.joining(", "));
    return "((%s) IN (SELECT %s FROM %s AS cairn_u WHERE %s))"
        .formatted(own, noted, undo(), kept(state, kind));
  }

  private String kept(LaneState state, String kind) {
    return "cairn_u.cairn_run = %d AND cairn_u.cairn_lane = %d AND cairn_u.cairn_kind = '%s'"
        .formatted(run.id(), state.number(), kind);
  }

  private String now() {
    List<String> columns = new ArrayList<>();
    if (target.key().isEmpty()) {
      columns.add("t." + target.rowNumber());
    }
    target.before().forEach(column -> columns.add("t." + dialect.quote(column)));
    return String.join(", ", columns);
  }

  private String undo() {
    return dialect.quote(UndoTables.name(target.table()));
  }
}
