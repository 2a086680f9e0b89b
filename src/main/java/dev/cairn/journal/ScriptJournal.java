package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Condition;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptStatement;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of a script's one transaction: fence, what must hold before, the script with
 * triggers that see each row that it changes, what must hold behind, tally. The run's end stands in
 * it too, so that a script is done exactly where its checkpoint is.
 */
public final class ScriptJournal {
  /** The checkpoint's watermark: there is one batch. */
  public static final Object END = 1L;

  private final RunScript step;
  private final Dialect dialect;
  private final BatchPlace place;
  private final List<Part> parts = new ArrayList<>();

  /** What a statement is for, which says what its failure means. */
  public enum Purpose {
    FENCE,
    REQUIRES,
    SCRIPT,
    ENSURES,
    OWN
  }

  /**
   * One statement.
   *
   * @param words what it is, for a message
   */
  public record Part(SqlFragment sql, Purpose purpose, String words) {}

  /**
   * @param step the script
   * @param place its one batch
   */
  public ScriptJournal(RunScript step, Dialect dialect, BatchPlace place) {
    this.step = step;
    this.dialect = dialect;
    this.place = place;
  }

  /**
   * The whole transaction, fence first. Its last statement reads the tally.
   *
   * @param schemaVersion the engine's number for the schema that the script was planned on
   */
  public List<Part> parts(long schemaVersion, long nowMillis) {
    SqlFragment schema = SqlFragment.of("(" + dialect.schemaVersion() + ") = ?", schemaVersion);
    parts.add(
        new Part(
            CheckpointRow.fence(place, nowMillis, schema, "0", dialect),
            Purpose.FENCE,
            "the fence"));
    own(CheckpointRow.set(place, SqlFragment.of("written = 0")));
    for (Condition condition : step.requires()) {
      check(condition, Purpose.REQUIRES);
    }
    for (ScriptStatement statement : step.statements()) {
      List<TouchedTable> touched = statement.change().map(ChangeRows::touched).orElse(List.of());
      CaptureTriggers triggers = new CaptureTriggers(touched, place, dialect);
      triggers.create().forEach(sql -> own(SqlFragment.of(sql)));
      parts.add(new Part(SqlFragment.of(statement.sql()), Purpose.SCRIPT, statement.words()));
      if (statement.change().isPresent()) {
        own(
            CheckpointRow.set(
                place, SqlFragment.of("written = written + ").then(dialect.rowsChanged())));
      }
      triggers.drop().forEach(sql -> own(SqlFragment.of(sql)));
    }
    for (Condition condition : step.ensures()) {
      check(condition, Purpose.ENSURES);
    }
    end(nowMillis);
    return List.copyOf(parts);
  }

  /** The checkpoint's CHECK refuses what is below zero. */
  private void check(Condition condition, Purpose purpose) {
    SqlFragment holds =
        SqlFragment.of("kept = CASE WHEN (")
            .then(condition.holds(dialect))
            .then(") = 1 THEN 0 ELSE -1 END, expected = 0, inserted = 0, identical = 0,")
            .then(" replaced = 0, rejected = 0");
    parts.add(new Part(CheckpointRow.set(place, holds), purpose, condition.words()));
  }

  private void end(long nowMillis) {
    String sums =
        "inserted = %s, updated = %s, deleted = %s, identical = 0, kept = 0, replaced = 0,"
                .formatted(noted("inserted"), noted("updated"), noted("deleted"))
            + " rejected = 0, source_rows = written";
    // Where nothing but the statements themselves writes rows, the engine's count must be ours.
    boolean alone =
        step.statements().stream()
            .flatMap(each -> each.change().stream())
            .allMatch(change -> change.alone() && change.alsoTouched().isEmpty());
    String expected =
        alone ? "written" : noted("inserted") + " + " + noted("updated") + " + " + noted("deleted");
    own(CheckpointRow.set(place, SqlFragment.of(sums + ", expected = " + expected)));
    own(CheckpointRow.heartbeat(place, nowMillis));
    own(
        SqlFragment.of(
            "UPDATE cairn_lane SET done = 1, (source_rows, expected_rows) = (SELECT written, expected"
                + " FROM cairn_checkpoint c WHERE c.run = cairn_lane.run) WHERE run = ?",
            place.run()));
    own(
        SqlFragment.of(
            "UPDATE cairn_run SET status = 'SUCCEEDED', reason = NULL WHERE run = ?", place.run()));
    if (step.undoes() > 0) {
      own(
          SqlFragment.of(
              "UPDATE cairn_run SET status = 'UNDONE', reason = ? WHERE run = ?",
              "taken back by run " + place.run(),
              step.undoes()));
    }
    own(BatchJournal.readTally(place));
  }

  private String noted(String kind) {
    List<String> counts =
        step.touched().stream()
            .map(
                touched ->
                    "(SELECT count(*) FROM %s WHERE cairn_run = %d AND cairn_kind = '%s')"
                        .formatted(
                            dialect.quote(UndoTables.name(touched.table())), place.run(), kind))
            .toList();
    return counts.isEmpty() ? "0" : counts.stream().collect(Collectors.joining(" + ", "(", ")"));
  }

  private void own(SqlFragment sql) {
    parts.add(new Part(sql, Purpose.OWN, "the journal"));
  }
}
