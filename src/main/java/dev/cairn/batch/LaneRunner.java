package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchJournal;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Journal;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrationQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one lane of a run, from its watermark to its bound. */
final class LaneRunner {
  private static final long LARGEST_BATCH = 200_000;

  private final Database database;
  private final Journal journal;
  private final BatchSettings settings;
  private final BatchListener listener;
  private final StopSignal stop;
  private final Measured measured;
  private final Run run;
  private final int number;
  private final Lane lane;
  private final MigrationQuery query;
  private final BatchJournal batches;

  private long size;
  private long batch;
  private boolean compareFirst;
  private Optional<Object> watermark;
  private Optional<End> next = Optional.empty();

  LaneRunner(
      Database database,
      Journal journal,
      BatchSettings settings,
      BatchListener listener,
      StopSignal stop,
      Measured measured,
      Run run,
      int number) {
    this.database = database;
    this.journal = journal;
    this.settings = settings;
    this.listener = listener;
    this.stop = stop;
    this.measured = measured;
    this.run = run;
    this.number = number;
    this.lane = measured.lanes().get(number);
    this.query = new MigrationQuery(measured.plan().migration(), lane, database.dialect());
    this.batches = new BatchJournal(query, measured.plan().migration(), database.dialect());
    LaneState state = run.lanes().get(number);
    this.size = settings.batchRows().orElse(settings.pace().firstBatch());
    this.batch = state.batches();
    this.watermark = Optional.ofNullable(state.watermark());
    this.compareFirst = lane.alreadyThere() * 2 >= lane.expectedRows();
  }

  void run() {
    while (true) {
      refuseToGoOn();
      Optional<End> end = next.isPresent() ? next : findEnd(size);
      if (end.isEmpty()) {
        return;
      }
      long started = System.nanoTime();
      boolean done = attempt(end.get());
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      if (done && settings.batchRows().isEmpty()) {
        size = settings.pace().next(end.get().sourceRows(), took, LARGEST_BATCH);
      }
      pause(done);
    }
  }

  /** The last cursor value of a batch and the source rows up to it. */
  private record End(Object upTo, long sourceRows) {}

  private void refuseToGoOn() {
    if (stop.stopRequested()) {
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped at the batch edge")
          .hint("`resume` goes on from here");
    }
    database.checkStillThere();
  }

  private Optional<End> findEnd(long rows) {
    try (ReadView view = database.view()) {
      return end(view.row(query.batchEnd(rest(watermark), rows)));
    }
  }

  private KeyRange rest(Optional<Object> after) {
    return new KeyRange(after, lane.bound());
  }

  private static Optional<End> end(List<Object> row) {
    long rows = ((Number) row.get(1)).longValue();
    return rows == 0 ? Optional.empty() : Optional.of(new End(row.get(0), rows));
  }

  /** True where the batch is durable; false where it must be tried again, smaller. */
  private boolean attempt(End end) {
    BatchPlace place =
        new BatchPlace(run.id(), number, batch + 1, run.owner().epoch(), watermark, end.upTo());
    List<SqlFragment> statements =
        new ArrayList<>(batches.statements(place, compareFirst, System.currentTimeMillis()));
    statements.add(BatchJournal.readTally(place));
    // The next batch's end is asked for here, so that a batch is one conversation with the engine.
    statements.add(query.batchEnd(rest(Optional.of(end.upTo())), size));
    BatchOutcome outcome =
        database.atomically(new AtomicBatch(statements, batches.parentsProven()));
    if (outcome instanceof Committed committed) {
      List<List<Object>> results = committed.results();
      advance(place, results.get(results.size() - 2));
      next = end(results.get(results.size() - 1));
      return true;
    }
    next = Optional.empty();
    if (outcome instanceof Unknown unknown) {
      return resolve(place, unknown);
    }
    retrySmaller((RolledBack) outcome, end);
    return false;
  }

  private void advance(BatchPlace place, List<Object> row) {
    List<Long> counts = row.stream().map(value -> ((Number) value).longValue()).toList();
    BatchTally tally =
        new BatchTally(
            counts.get(0),
            counts.get(1),
            counts.get(2),
            counts.get(3),
            counts.get(4),
            counts.get(5));
    batch = place.batch();
    watermark = Optional.of(place.upTo());
    // A range that was wholly there is likely followed by another: comparing costs less than
    // writing.
    compareFirst = tally.inserted() + tally.replaced() == 0;
    listener.committed(number, batch, counts.get(6), tally);
  }

  /**
   * The checkpoint says whether it happened; it is read under the write lock, behind any commit.
   */
  private boolean resolve(BatchPlace place, Unknown unknown) {
    listener.says("the database gave no clear answer; checking the checkpoint ...");
    BatchOutcome outcome =
        database.atomically(AtomicBatch.of(List.of(BatchJournal.readTally(place))));
    if (!(outcome instanceof Committed read)) {
      throw CairnException.of(
              ExitCode.UNKNOWN,
              "outcome-unknown",
              "batch %d of lane %s: %s; whether it committed could not be found out"
                  .formatted(place.batch(), lane.label(), unknown.message()))
          .hint("`resume` finds out and goes on");
    }
    List<Object> row = read.results().get(0);
    if (row.isEmpty()) {
      listener.says("batch " + place.batch() + " was not committed; it is run again");
      return false;
    }
    listener.says("batch " + place.batch() + " was committed");
    advance(place, row);
    return true;
  }

  private void retrySmaller(RolledBack failed, End end) {
    if (failed.statement() == 0 && failed.reason() == Reason.CONSTRAINT) {
      throw fenced();
    }
    if (failed.reason() == Reason.CONSTRAINT) {
      bisect(failed, end);
      return;
    }
    throw switch (failed.reason()) {
      case BUSY ->
          CairnException.stopped("busy", "another process holds the write lock")
              .hint("`resume` goes on when it is free; nothing is lost");
      case DISK_FULL ->
          CairnException.stopped("disk-full", "no room is left: " + failed.message())
              .hint("free some space, then `resume`; nothing is lost");
      case INTERRUPTED ->
          CairnException.of(ExitCode.INTERRUPTED, "interrupted", "the batch was rolled back")
              .hint("`resume` goes on from the batch before");
      case READ_ONLY ->
          CairnException.failed("read-only", "the database can't be written: " + failed.message());
      case CORRUPT ->
          CairnException.failed("corrupt", "the database is damaged: " + failed.message());
      default ->
          CairnException.drift("batch-sql", "the plan's SQL no longer runs: " + failed.message())
              .hint("plan again");
    };
  }

  /** One row is refused, not its neighbours: halves until the row is found. */
  private void bisect(RolledBack failed, End end) {
    if (failed.message().contains("conservation") || failed.message().contains("journalled")) {
      throw CairnException.failed(
              "conservation",
              "lane %s up to %s: the rows written and the rows found don't add up to the rows that the"
                      .formatted(lane.label(), end.upTo())
                  + " query yields ("
                  + failed.message()
                  + "); the batch was rolled back")
          .hint("a trigger that drops rows, or two source rows for one target key, can cause this");
    }
    if (measured.plan().migration().onConflict() == ConflictPolicy.STOP
        && failed.statement() == batches.keptStatement(compareFirst)) {
      throw CairnException.failed(
              "conflict",
              "lane %s up to %s: a target row has the key and other values, and the plan says stop"
                  .formatted(lane.label(), end.upTo()))
          .hint("`verify` lists the rows that differ");
    }
    if (end.sourceRows() > 1) {
      size = Math.max(1, end.sourceRows() / 2);
      next = findEnd(size).filter(smaller -> smaller.sourceRows() < end.sourceRows());
      if (next.isPresent()) {
        return;
      }
    }
    throw CairnException.failed(
            "poison-row",
            "%s: the source row %s = %s%s was refused: %s"
                .formatted(
                    measured.plan().migration().source().name(),
                    measured.plan().migration().cursor(),
                    end.upTo(),
                    measured
                        .plan()
                        .migration()
                        .lane()
                        .map(l -> " of " + l + " " + lane.value())
                        .orElse(""),
                    failed.message()))
        .hint("mend the row, then `resume`; the rows before it are done");
  }

  private CairnException fenced() {
    Run now = journal.run(run.id());
    if (now.status() != RunStatus.RUNNING || now.owner().epoch() != run.owner().epoch()) {
      return lost(now);
    }
    Optional<SqlFragment> parents = batches.parentsExist();
    if (parents.isPresent()) {
      try (ReadView view = database.view()) {
        if (view.number(parents.get()) == 0) {
          return CairnException.drift(
                  "foreign-key", "a row that lane " + lane.label() + " refers to has been deleted")
              .hint("plan again to see what is missing");
        }
      }
    }
    return CairnException.stopped(
            "fenced", "batch " + (batch + 1) + " of lane " + lane.label() + " is already there")
        .hint("another process is at work on this run: `status`");
  }

  /** What to say when the run is no longer this process's. */
  static CairnException lost(Run now) {
    if (now.status() == RunStatus.PAUSED) {
      return CairnException.stopped("stop-requested", "run " + now.id() + " was asked to stop")
          .hint("`resume` goes on");
    }
    if (now.status() == RunStatus.ABANDONED || now.status() == RunStatus.UNDONE) {
      return CairnException.drift("run-ended", "run " + now.id() + " is " + now.status());
    }
    return CairnException.stopped(
        "taken-over",
        "run %d was taken over by process %d on %s"
            .formatted(now.id(), now.owner().pid(), now.owner().host()));
  }

  private void pause(boolean done) {
    Duration pause = settings.pace().pause();
    if (!done || pause.isZero()) {
      return;
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped at the batch edge")
          .hint("`resume` goes on from here");
    }
  }
}
