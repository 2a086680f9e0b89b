package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.ChangeQuery;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import dev.cairn.plan.scope.ChangedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements of one batch of a change. The rows as they were and as they shall be are written
 * down first, and the change is made from what was written down: the journal can't tell another
 * story than the data, and a row is changed as often as it stands there, which is once.
 */
public final class ChangeJournal {
  private final ChangeKind kind;
  private final TouchedTable target;
  private final Dialect dialect;
  private final List<String> calculated;
  private final Images images;
  private final SqlFragment untouched;
  private final RowWrites writes;

  /** The rows that are written down: all of them, or those of a range of keys. */
  private interface Images {
    SqlFragment of(Optional<KeyRange> range);
  }

  /**
   * @param step the change
   * @param dialect the database's SQL
   */
  public ChangeJournal(ChangeRows step, Dialect dialect) {
    this.kind = step.kind();
    this.target = step.target();
    this.dialect = dialect;
    this.calculated = calculated(step);
    this.writes = new RowWrites(kind, target, dialect);
    this.images =
        range -> {
          ChangeQuery query = new ChangeQuery(step, dialect);
          return range.isPresent() ? query.images(range.get()) : query.images();
        };
    this.untouched = writes.untouched();
  }

  /**
   * @param step the rows to put back
   * @param allowed the condition under which a row that was written down may be put back
   * @param dialect the database's SQL
   */
  public ChangeJournal(RestoreRows step, SqlFragment allowed, Dialect dialect) {
    this.kind = step.kind();
    this.target = step.target();
    this.dialect = dialect;
    this.calculated = List.of();
    this.writes = new RowWrites(kind, target, dialect);
    this.images = range -> new RestoreQuery(step, dialect).images();
    this.untouched = allowed;
  }

  /** The columns whose new values may be stored as something else: NULL is NULL everywhere. */
  private static List<String> calculated(ChangeRows step) {
    return step.scope() instanceof ChangedRows rows
        ? rows.values().stream()
            .filter(value -> !value.isNull())
            .map(value -> value.column().name())
            .toList()
        : step.target().after();
  }

  /** A batch that finds, writes down and changes the rows of its own key range. */
  public List<SqlFragment> range(BatchPlace place, long nowMillis) {
    KeyRange range = new KeyRange(place.after(), place.upTo());
    List<SqlFragment> all = new ArrayList<>();
    all.add(fence(place, nowMillis));
    all.add(writeDown(place, writes.done(), images.of(Optional.of(range))));
    all.add(CheckpointRow.set(place, wanted()));
    SqlFragment here = behindFloor(place);
    all.add(writes.write(here));
    all.add(
        CheckpointRow.set(
            place, SqlFragment.of("kept = 0, written = ").then(dialect.rowsChanged())));
    all.add(tally(place, here));
    all.add(writtenDown(place));
    all.add(CheckpointRow.heartbeat(place, nowMillis));
    return all;
  }

  /** Writes down every row right before the statement changes them all in the same transaction. */
  static SqlFragment ahead(ChangeRows step, BatchPlace place, Dialect dialect) {
    ChangeJournal journal = new ChangeJournal(step, dialect);
    return journal.writeDown(
        place, journal.writes.done(), new ChangeQuery(step, dialect).unordered());
  }

  /** The batch that writes down every row, before any is changed. */
  public List<SqlFragment> stage(BatchPlace place, long nowMillis) {
    return List.of(
        fence(place, nowMillis),
        writeDown(place, "staged", images.of(Optional.empty())),
        CheckpointRow.set(
            place,
            SqlFragment.of(
                "source_rows = 0, wanted = 0, expected = 0, inserted = 0, identical = 0, kept = 0,"
                    + " replaced = 0, rejected = 0, id_from = coalesce(id_floor, 0) + 1,"
                    + " id_to = coalesce((SELECT max("
                    + dialect.writtenOrder()
                    + ") FROM "
                    + writes.undo()
                    + "), 0)")),
        CheckpointRow.heartbeat(place, nowMillis));
  }

  /**
   * The end of a batch of so many rows that were written down; no row where there are none left.
   * Their numbers are in the first checkpoint.
   */
  public SqlFragment stagedEnd(BatchPlace place, long after, long rows) {
    String from = dialect.greatest("id_from - 1", "?");
    String to = dialect.least("id_to", from + " + ?");
    return SqlFragment.of(
        "SELECT %1$s, %1$s - %2$s FROM cairn_checkpoint WHERE run = ? AND lane = ? AND batch = 1 AND %2$s < id_to"
            .formatted(to, from),
        after,
        rows,
        after,
        rows,
        after,
        place.run(),
        (long) place.lane(),
        after);
  }

  /** A batch that changes rows that were written down, where they still are as they were. */
  public List<SqlFragment> staged(BatchPlace place, long nowMillis) {
    SqlFragment here = numbered(place);
    List<SqlFragment> all = new ArrayList<>();
    all.add(fence(place, nowMillis));
    all.add(count(place, here));
    all.add(mark(place, here));
    all.add(kept(place, here));
    all.add(writes.write(here));
    all.add(CheckpointRow.set(place, SqlFragment.of("written = ").then(dialect.rowsChanged())));
    all.add(tally(place, here));
    all.add(CheckpointRow.heartbeat(place, nowMillis));
    return all;
  }

  /**
   * Everything in one batch: the rows are written down, and changed where they are as they were.
   *
   * @param rewritten whether rows are taken out and put in again, so that values which must be
   *     unique may change places
   */
  List<SqlFragment> whole(BatchPlace place, boolean rewritten, long nowMillis) {
    SqlFragment here = behindFloor(place);
    List<SqlFragment> all = new ArrayList<>();
    all.add(fence(place, nowMillis));
    all.add(writeDown(place, "staged", images.of(Optional.empty())));
    all.add(CheckpointRow.set(place, wanted()));
    all.add(mark(place, here));
    all.add(kept(place, here));
    if (rewritten) {
      all.add(writes.delete(here));
      all.add(writes.insert(here));
    } else {
      all.add(writes.write(here));
    }
    all.add(CheckpointRow.set(place, SqlFragment.of("written = ").then(dialect.rowsChanged())));
    all.add(tally(place, here));
    all.add(writtenDown(place));
    all.add(CheckpointRow.heartbeat(place, nowMillis));
    return all;
  }

  /** A batch that sets its rows aside: of its key range, or of those that were written down. */
  public List<SqlFragment> reject(BatchPlace place, boolean isStaged, long nowMillis) {
    List<SqlFragment> all = new ArrayList<>();
    all.add(fence(place, nowMillis));
    if (isStaged) {
      all.add(count(place, numbered(place)));
      all.add(
          SqlFragment.of(
                  "UPDATE "
                      + writes.undo()
                      + " AS cairn_s SET cairn_batch = ?, cairn_kind = 'rejected' WHERE ",
                  place.batch())
              .then(numbered(place)));
    } else {
      KeyRange range = new KeyRange(place.after(), place.upTo());
      all.add(writeDown(place, "rejected", images.of(Optional.of(range))));
      all.add(CheckpointRow.set(place, wanted()));
    }
    all.add(
        CheckpointRow.set(
            place,
            SqlFragment.of(
                "expected = wanted, rejected = wanted, inserted = 0, identical = 0, kept = 0,"
                    + " replaced = 0")));
    return all;
  }

  private SqlFragment fence(BatchPlace place, long nowMillis) {
    return CheckpointRow.fence(
        place,
        nowMillis,
        SqlFragment.of(""),
        "(SELECT coalesce(max(" + dialect.writtenOrder() + "), 0) FROM " + writes.undo() + ")",
        dialect);
  }

  private SqlFragment wanted() {
    return SqlFragment.of("wanted = ")
        .then(dialect.rowsChanged())
        .then(", source_rows = ")
        .then(dialect.rowsChanged());
  }

  private SqlFragment kept(BatchPlace place, SqlFragment here) {
    return CheckpointRow.set(
        place,
        SqlFragment.of("kept = (SELECT count(*) FROM " + writes.undo() + " AS cairn_s WHERE ")
            .then(here)
            .then(" AND cairn_s.cairn_kind = 'kept')"));
  }

  /** Which rows of the undo table are this batch's. */
  private SqlFragment writtenDown(BatchPlace place) {
    return CheckpointRow.set(
        place,
        SqlFragment.of(
            "id_from = id_floor + 1, id_to = (SELECT coalesce(max("
                + dialect.writtenOrder()
                + "), 0) FROM "
                + writes.undo()
                + ")"));
  }

  private SqlFragment count(BatchPlace place, SqlFragment here) {
    SqlFragment count =
        SqlFragment.of("(SELECT count(*) FROM " + writes.undo() + " AS cairn_s WHERE ").then(here);
    return CheckpointRow.set(
        place,
        SqlFragment.of("wanted = ").then(count).then("), source_rows = ").then(count).then(")"));
  }

  /** Values to write are kept as the columns will store them: undo compares by value and type. */
  private SqlFragment writeDown(BatchPlace place, String word, SqlFragment rows) {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    if (target.key().isEmpty()) {
      columns.add(UndoTables.ROW_NUMBER);
      values.add(dialect.quote(UndoTables.ROW_NUMBER));
    }
    for (String column : target.before()) {
      columns.add(column);
      values.add(dialect.quote(column));
    }
    for (String column : target.after()) {
      String name = UndoTables.written(column);
      columns.add(name);
      values.add(
          calculated.contains(column)
              ? dialect.asStored(
                  target.table().column(column).orElseThrow(), target.table(), dialect.quote(name))
              : dialect.quote(name));
    }
    String named = writes.list(columns, "");
    String number = "";
    if (target.key().isEmpty()) {
      columns.add(UndoTables.written("rowid"));
      number = ", " + dialect.quote(UndoTables.ROW_NUMBER);
    }
    return SqlFragment.of(
            "INSERT INTO "
                + writes.undo()
                + " (cairn_run, cairn_lane, cairn_batch, cairn_kind, "
                + writes.list(columns, "")
                + ") WITH cairn_w("
                + named
                + ") AS (")
        .then(rows)
        .then(
            ") SELECT ?, ?, ?, ?, " + String.join(", ", values) + number + " FROM cairn_w",
            place.run(),
            (long) place.lane(),
            place.batch(),
            word);
  }

  /** What was written down is changed where the row is as it was, and kept where it isn't. */
  private SqlFragment mark(BatchPlace place, SqlFragment here) {
    return SqlFragment.of(
            "UPDATE " + writes.undo() + " AS cairn_s SET cairn_batch = ?, cairn_kind = CASE WHEN ",
            place.batch())
        .then(untouched)
        .then(" THEN '" + writes.done() + "' ELSE 'kept' END WHERE ")
        .then(here);
  }

  /** No term is computed from {@code expected}: a row that got lost is missing in the sum. */
  private SqlFragment tally(BatchPlace place, SqlFragment here) {
    String inserted = kind == ChangeKind.INSERT ? "written" : "0";
    String changed = kind == ChangeKind.INSERT ? "" : writes.done() + " = written, ";
    return CheckpointRow.set(
        place,
        SqlFragment.of(
                "expected = wanted, identical = 0, replaced = 0, rejected = 0, inserted = "
                    + inserted
                    + ", "
                    + changed
                    + "logged = (SELECT count(*)")
            .then(writes.ours(here))
            .then(")"));
  }

  private SqlFragment behindFloor(BatchPlace place) {
    return SqlFragment.of("cairn_s." + dialect.writtenOrder() + " > ")
        .then(CheckpointRow.scalar(place, "id_floor"));
  }

  private SqlFragment numbered(BatchPlace place) {
    return SqlFragment.of(
        "cairn_s."
            + dialect.writtenOrder()
            + " > "
            + dialect.greatest(
                "?",
                "(SELECT id_from - 1 FROM cairn_checkpoint WHERE run = ? AND lane = ?"
                    + " AND batch = 1)")
            + " AND cairn_s."
            + dialect.writtenOrder()
            + " <= ? AND cairn_s.cairn_run = ?",
        place.after().orElse(0L),
        place.run(),
        (long) place.lane(),
        place.upTo(),
        place.run());
  }
}
