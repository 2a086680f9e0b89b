package dev.cairn.journal;

import dev.cairn.catalog.Column;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.ParentProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements of one migration batch: fence, write, journal, tally. They run in one transaction,
 * so a checkpoint exists exactly where its rows do.
 */
public final class BatchJournal {
  private final MigrationQuery query;
  private final MigrateRows step;
  private final Dialect dialect;
  private final boolean besideOthers;
  private final Optional<SqlFragment> parents;
  private final InsertedRows insertedRows;

  /**
   * @param query the lane's query
   * @param step the migration
   * @param dialect the database's SQL
   * @param besideOthers whether batches of other lanes run at the same time
   */
  public BatchJournal(
      MigrationQuery query, MigrateRows step, Dialect dialect, boolean besideOthers) {
    this.besideOthers = besideOthers;
    this.query = query;
    this.step = step;
    this.dialect = dialect;
    // Overwriting a row could orphan rows that refer to it, and a trigger may write anything: there
    // the engine itself must watch.
    boolean simple =
        step.onConflict() != ConflictPolicy.REPLACE && step.target().triggers().isEmpty();
    this.parents = simple ? ParentProof.of(query) : Optional.empty();
    this.insertedRows = InsertedRows.of(step, query.columns(), dialect);
  }

  /** Whether the fence proves all parents, so that the engine need not check row by row. */
  public boolean parentsProven() {
    return parents.isPresent();
  }

  /** A query that is 1 while every parent of the lane's rows exists. */
  public Optional<SqlFragment> parentsExist() {
    return parents.map(condition -> SqlFragment.of("SELECT ").then(condition));
  }

  /** Which statement of {@link #statements} is the write. */
  public int writeStatement(boolean compareFirst) {
    return 1
        + step.suspended().map(each -> each.triggers().size()).orElse(0)
        + (compareFirst ? 1 : 0)
        + (insertedRows == InsertedRows.BEFORE_WRITE ? 2 : 0)
        + (step.onConflict() == ConflictPolicy.REPLACE ? 2 : 0);
  }

  /** Which statement finds rows kept under the policy {@code stop}. */
  public int keptStatement(boolean compareFirst) {
    int behind =
        switch (insertedRows) {
          case HANDED_ON -> 1;
          case ROWID_FLOOR -> 4;
          default -> 2;
        };
    return writeStatement(compareFirst) + behind + (comparesEarlier(compareFirst) ? 1 : 0);
  }

  /**
   * The batch.
   *
   * @param compareFirst whether the range is compared before it is written; worth it where all is
   *     there
   * @param nowMillis for the checkpoint's time, which nothing is decided by
   */
  public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
    KeyRange range = new KeyRange(place.after(), place.upTo());
    List<SqlFragment> all = new ArrayList<>();
    all.add(fence(place, nowMillis));
    if (compareFirst) {
      all.add(
          CheckpointRow.set(
              place,
              SqlFragment.of("(found, differing) = (")
                  .then(query.countIdenticalAndDiffering(range))
                  .then("), wanted = (")
                  .then(query.count(range))
                  .then(")")));
    }
    Gate gate = compareFirst ? incomplete(place) : Gate.OPEN;
    if (insertedRows == InsertedRows.BEFORE_WRITE) {
      all.add(absentKeys(place, range, gate));
      all.add(CheckpointRow.set(place, SqlFragment.of("logged = ").then(dialect.rowsChanged())));
    }
    if (step.onConflict() == ConflictPolicy.REPLACE) {
      all.add(preImages(place, range, gate));
      all.add(CheckpointRow.set(place, SqlFragment.of("replaced = ").then(dialect.rowsChanged())));
    }
    SqlFragment source =
        SqlFragment.of(", source_rows = (")
            .then(query.sourceRows(range))
            .then(
                compareFirst
                    ? SqlFragment.of(")")
                    : SqlFragment.of("), wanted = (").then(query.count(range)).then(")"));
    if (insertedRows == InsertedRows.HANDED_ON) {
      all.add(
          new HandedOnRows(step, query.columns(), dialect)
              .statement(place, query.insert(range, gate), source));
    } else {
      all.add(query.insert(range, gate));
      SqlFragment written = SqlFragment.of("written = ").then(dialect.rowsChanged());
      all.add(CheckpointRow.set(place, written.then(source)));
    }
    if (comparesEarlier(compareFirst)) {
      all.add(compareEarlier(place, range));
    }
    if (insertedRows == InsertedRows.ROWID_FLOOR) {
      all.add(newKeys(place));
      all.add(CheckpointRow.set(place, SqlFragment.of("logged = ").then(dialect.rowsChanged())));
    }
    if (step.onConflict() != ConflictPolicy.REPLACE) {
      all.add(keptKeys(place, range));
      all.add(CheckpointRow.set(place, SqlFragment.of("kept = ").then(dialect.rowsChanged())));
    }
    all.add(tally(place, range));
    all.add(
        besideOthers
            ? CheckpointRow.heartbeatBeside(place, nowMillis)
            : CheckpointRow.heartbeat(place, nowMillis));
    if (JournalTables.keepsProgress(step, dialect)) {
      all.add(progress(step.progressName().orElseThrow(), place, nowMillis));
    }
    return step.suspended().map(each -> each.around(all, dialect)).orElse(all);
  }

  /**
   * Reads a batch's tally back, in the order of {@link BatchTally#of}; then its source rows and its
   * watermark.
   */
  public static SqlFragment readTally(BatchPlace place) {
    return CheckpointRow.readTally(place);
  }

  /** The tally of a range that is set aside: every row of it is rejected. */
  public SqlFragment reject(BatchPlace place) {
    KeyRange range = new KeyRange(place.after(), place.upTo());
    return CheckpointRow.set(
        place,
        SqlFragment.of("source_rows = (")
            .then(query.sourceRows(range))
            .then("), expected = (")
            .then(query.count(range))
            .then("), rejected = (")
            .then(query.count(range))
            .then("), inserted = 0, identical = 0, kept = 0, replaced = 0"));
  }

  /** The first statement of a batch: it fails unless this batch is the next one, and ours. */
  public SqlFragment fence(BatchPlace place, long nowMillis) {
    String floor =
        insertedRows == InsertedRows.BEFORE_WRITE || insertedRows == InsertedRows.HANDED_ON
            ? "NULL"
            : "(SELECT max(" + rowNumber() + ") FROM " + target() + ")";
    // Other lanes hold the run too: beside them its turn keeps it from becoming another's.
    String holding = besideOthers ? "" : dialect.holding();
    return CheckpointRow.fence(
        place, nowMillis, parents.orElse(SqlFragment.of("")), floor, holding, dialect);
  }

  /** Whether the comparison left anything to write; kept rows are nothing to write. */
  private Gate incomplete(BatchPlace place) {
    boolean replaces = step.onConflict() == ConflictPolicy.REPLACE;
    return new Gate(
        CheckpointRow.scalar(
            place,
            replaces
                ? "found IS DISTINCT FROM wanted"
                : "found + differing IS DISTINCT FROM wanted"));
  }

  /** Whether rows that were there before the write can be told by their number. */
  private boolean comparesEarlier(boolean compareFirst) {
    return !compareFirst && tellsEarlier() && step.onConflict() != ConflictPolicy.REPLACE;
  }

  private boolean tellsEarlier() {
    return insertedRows == InsertedRows.ROW_NUMBERS || insertedRows == InsertedRows.ROWID_FLOOR;
  }

  /** Counts what was there before the write, where anything was; passes over what it wrote. */
  private SqlFragment compareEarlier(BatchPlace place, KeyRange range) {
    Gate anyLeft = new Gate(CheckpointRow.scalar(place, "written <> wanted"));
    return CheckpointRow.set(
        place,
        SqlFragment.of("(found, differing) = (")
            .then(query.countIdenticalAndDiffering(range, earlier(place), anyLeft))
            .then(")"));
  }

  /** Holds for a row of the target, as {@code t}, that was there before the write. */
  private SqlFragment earlier(BatchPlace place) {
    return SqlFragment.of("t." + rowNumber() + " <= ")
        .then(CheckpointRow.scalar(place, "id_floor"));
  }

  private SqlFragment absentKeys(BatchPlace place, KeyRange range, Gate gate) {
    String equal =
        step.key().stream()
            .map(dialect::quote)
            .map(key -> dialect.sameKey("t." + key, "q." + key))
            .collect(Collectors.joining(" AND "));
    return undoInsert(step.key())
        .then("SELECT DISTINCT ")
        .then(values(place, "inserted", step.key(), "q"))
        .then(" FROM ")
        .then(gate.join())
        .then("(")
        .then(query.rows(range))
        .then(") AS q WHERE NOT EXISTS (SELECT 1 FROM " + target() + " AS t WHERE " + equal + ")");
  }

  private SqlFragment newKeys(BatchPlace place) {
    return undoInsert(step.key())
        .then("SELECT ")
        .then(values(place, "inserted", step.key(), "t"))
        .then(" FROM " + target() + " AS t WHERE t." + rowNumber() + " > ")
        .then(CheckpointRow.scalar(place, "coalesce(id_floor, -9223372036854775808)"));
  }

  private SqlFragment preImages(BatchPlace place, KeyRange range, Gate gate) {
    List<String> columns =
        step.target().columns().stream()
            .filter(column -> !column.generated())
            .map(Column::name)
            .toList();
    return undoInsert(columns)
        .then(differing(values(place, "replaced", columns, "t"), range, gate));
  }

  private SqlFragment keptKeys(BatchPlace place, KeyRange range) {
    // Under `stop` the kind is NULL, which the table refuses, and the batch with it.
    String kind = step.onConflict() == ConflictPolicy.STOP ? null : "kept";
    Gate anyLeft = new Gate(CheckpointRow.scalar(place, "coalesce(found, 0) + written <> wanted"));
    SqlFragment which = SqlFragment.of("NOT (" + query.identical() + ")");
    if (tellsEarlier()) {
      // Where the counts agree, no two rows of the source share a key: what was written is no
      // other's, and only rows from before need be compared.
      which =
          SqlFragment.of("(")
              .then(
                  CheckpointRow.scalar(
                      place, "found + differing + written IS DISTINCT FROM wanted"))
              .then(" OR ")
              .then(earlier(place))
              .then(") AND ")
              .then(which);
    }
    return undoInsert(step.key())
        .then(query.matchedBy(values(place, kind, step.key(), "t"), range, which, anyLeft));
  }

  private SqlFragment differing(SqlFragment what, KeyRange range, Gate gate) {
    return query.matchedBy(what, range, SqlFragment.of("NOT (" + query.identical() + ")"), gate);
  }

  /**
   * Identical is what is present after the write and was neither written nor found to differ. It is
   * counted in the target, never taken from {@code expected}: a row that got lost is missing in the
   * sum.
   */
  private SqlFragment tally(BatchPlace place, KeyRange range) {
    String ids = insertedRows == InsertedRows.ROW_NUMBERS ? rowNumbers() : "";
    return CheckpointRow.set(
        place,
        SqlFragment.of(
                "expected = wanted, inserted = written - coalesce(replaced, 0),"
                    + " replaced = coalesce(replaced, 0), kept = coalesce(kept, 0), rejected = 0,"
                    + " identical = CASE WHEN written = wanted THEN 0"
                    + " WHEN coalesce(found, 0) + written = wanted THEN coalesce(found, 0)"
                    + " WHEN found + differing + written = wanted THEN found ELSE (")
            .then(query.countPresent(range))
            .then(") - written - coalesce(kept, 0) END" + ids));
  }

  /**
   * The range of row numbers that the write took. Their ends are asked for one by one: either is
   * one step down an index, both in one query read the whole range.
   */
  private String rowNumbers() {
    String id = rowNumber();
    String floor = "coalesce(id_floor, -9223372036854775808)";
    String from = "(SELECT min(" + id + ") FROM " + target() + " WHERE " + id + " > " + floor + ")";
    String to = "(SELECT max(" + id + ") FROM " + target() + ")";
    String inserted = "written - coalesce(replaced, 0)";
    return ", id_from = CASE WHEN written > 0 THEN "
        + from
        + " END, id_to = CASE WHEN written > 0 THEN "
        + to
        + " END, logged = CASE WHEN "
        + inserted
        + " = 0 THEN 0 WHEN "
        + to
        + " - "
        + from
        + " + 1 = "
        + inserted
        + " THEN "
        + inserted
        + " ELSE (SELECT count(*) FROM "
        + target()
        + " WHERE "
        + id
        + " > "
        + floor
        + ") END";
  }

  private SqlFragment progress(String name, BatchPlace place, long nowMillis) {
    return SqlFragment.of(
        "INSERT INTO migration_progress (migration_name, system_id, last_migrated_timestamp,"
            + " rows_migrated, updated_at) SELECT ?, l.value, ?, sum(c.source_rows), ?"
            + " FROM cairn_checkpoint c JOIN cairn_lane l ON l.run = c.run AND l.lane = c.lane"
            + " WHERE c.run = ? AND c.lane = ? GROUP BY l.value"
            + " ON CONFLICT (migration_name, system_id) DO UPDATE SET"
            + " last_migrated_timestamp = excluded.last_migrated_timestamp,"
            + " rows_migrated = excluded.rows_migrated, updated_at = excluded.updated_at",
        name,
        place.upTo(),
        nowMillis / 1000,
        place.run(),
        (long) place.lane());
  }

  private SqlFragment undoInsert(List<String> columns) {
    return UndoTables.insert(step.target(), columns, dialect);
  }

  private SqlFragment values(BatchPlace place, String kind, List<String> columns, String from) {
    return UndoTables.values(place, kind, columns, from, dialect);
  }

  private String rowNumber() {
    return step.target().rowNumber().map(dialect::quote).orElse("rowid");
  }

  private String target() {
    return dialect.quote(step.target().name());
  }
}
