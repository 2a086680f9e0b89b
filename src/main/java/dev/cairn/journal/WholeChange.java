package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.ChangeRows;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement that runs as it stands, in one transaction, and what is journalled with it: every row
 * that it, its cascades and its triggers change.
 */
public final class WholeChange {
  private final ChangeRows step;
  private final Dialect dialect;

  /**
   * @param step the change
   * @param dialect the database's SQL
   */
  public WholeChange(ChangeRows step, Dialect dialect) {
    this.step = step;
    this.dialect = dialect;
  }

  /** The whole transaction, fence first. */
  public List<SqlFragment> statements(BatchPlace place, long nowMillis) {
    List<SqlFragment> all = new ArrayList<>(before(place, nowMillis));
    all.add(SqlFragment.of(step.sql()));
    all.addAll(after(place, nowMillis));
    return all;
  }

  /**
   * What comes before the statement: the fence, and the rows as they are and will be, or the
   * triggers that see what it does.
   */
  public List<SqlFragment> before(BatchPlace place, long nowMillis) {
    List<SqlFragment> all = new ArrayList<>();
    all.add(
        CheckpointRow.fence(
            place,
            nowMillis,
            SqlFragment.of(""),
            "(SELECT coalesce(max(" + dialect.writtenOrder() + "), 0) FROM " + undo() + ")",
            dialect));
    if (step.foreseen()) {
      // Measured: a third of what triggers cost for each row.
      all.add(ChangeJournal.ahead(step, place, dialect));
    } else {
      triggers(place).create().forEach(sql -> all.add(SqlFragment.of(sql)));
    }
    if (provesReplaced()) {
      all.add(replaced().count(place));
      triggers(place).createReplaced().forEach(sql -> all.add(SqlFragment.of(sql)));
    }
    return all;
  }

  /** What comes right behind it: the count is the engine's own, of the statement alone. */
  public List<SqlFragment> after(BatchPlace place, long nowMillis) {
    List<SqlFragment> all = new ArrayList<>();
    all.add(CheckpointRow.set(place, SqlFragment.of("written = ").then(dialect.rowsChanged())));
    if (!step.foreseen()) {
      triggers(place).drop().forEach(sql -> all.add(SqlFragment.of(sql)));
    }
    if (provesReplaced()) {
      CaptureTriggers.dropReplaced().forEach(sql -> all.add(SqlFragment.of(sql)));
    }
    all.add(tally(place));
    if (provesReplaced()) {
      all.add(replaced().prove(place));
    }
    all.add(CheckpointRow.heartbeat(place, nowMillis));
    return all;
  }

  /**
   * An UPDATE or DELETE is tallied by what the engine says; an upsert or REPLACE by what became of
   * the target's rows. Where triggers or cascades write the target too, the journal holds more rows
   * than the statement changed, and the two aren't compared.
   */
  private SqlFragment tally(BatchPlace place) {
    String zeros = ", identical = 0, kept = 0, replaced = 0, rejected = 0, source_rows = written";
    String taken = step.foreseen() ? "0" : logged(" AND s.cairn_kind = 'deleted'");
    String counts =
        switch (step.kind()) {
          case UPDATE -> "inserted = 0, updated = written, deleted = " + taken;
          case DELETE -> "inserted = 0, deleted = written";
          case INSERT ->
              "inserted = %s, updated = %s, deleted = %s"
                  .formatted(
                      logged(" AND s.cairn_kind = 'inserted'"),
                      logged(" AND s.cairn_kind = 'updated'"),
                      taken);
        };
    if (step.alone()) {
      String expected = step.kind() == ChangeKind.DELETE ? "written" : "written + " + taken;
      counts += ", expected = " + expected + ", logged = " + logged("");
    } else {
      String done = step.kind() == ChangeKind.INSERT ? "inserted" : step.kind().word() + "d";
      counts =
          (done.equals("inserted") ? "" : "inserted = 0, ")
              + done
              + " = written, expected = written";
    }
    return CheckpointRow.set(
        place,
        SqlFragment.of(
            counts
                + zeros
                + ", id_from = id_floor + 1, id_to = (SELECT coalesce(max("
                + dialect.writtenOrder()
                + "), 0) FROM "
                + undo()
                + ")"));
  }

  /** Rows of the target that this statement's triggers wrote down. */
  private String logged(String which) {
    return "(SELECT count(*) FROM "
        + undo()
        + " AS s WHERE s."
        + dialect.writtenOrder()
        + " > id_floor"
        + which
        + ")";
  }

  /** Where no delete trigger sees the rows that a REPLACE takes away. */
  private boolean provesReplaced() {
    return step.takesAway() && !dialect.hasTemporary();
  }

  private ReplacedRows replaced() {
    return new ReplacedRows(step.target(), dialect);
  }

  private CaptureTriggers triggers(BatchPlace place) {
    return new CaptureTriggers(step.touched(), place, dialect);
  }

  private String undo() {
    return dialect.quote(UndoTables.name(step.target().table()));
  }
}
