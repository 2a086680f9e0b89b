package dev.cairn.batch;

import dev.cairn.batch.LaneBatches.End;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.Backoff;
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
import dev.cairn.plan.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one lane of a run, from its watermark to its bound. */
final class LaneRunner {
  private static final long LARGEST_BATCH = 200_000;

  /**
   * A compared range with a kept row in it is read twice; a short one costs its neighbours less.
   */
  private static final long LARGEST_COMPARED = 6_000;

  private static final long SMALLEST_FOR_OTHERS = 100;

  private final Database database;
  private final BatchSettings settings;
  private final BatchListener listener;
  private final StopSignal stop;
  private final Run run;
  private final int number;
  private final Lane lane;
  private final LaneBatches batches;
  private final BatchRefusals refusals;

  private final UnclearBatch unclear;
  private final Backoff backoff;
  private final Consideration consideration;

  private long rowsDone;
  private long size;
  private long batch;
  private boolean compareFirst;
  private Optional<Object> watermark;
  private Optional<End> next = Optional.empty();
  private boolean ended;
  private boolean repeated;
  private boolean storedEnd;

  /**
   * @param steady target rows of a batch as the lane before found them right; empty for the first
   */
  LaneRunner(
      Database database,
      Journal journal,
      BatchSettings settings,
      BatchListener listener,
      StopSignal stop,
      LaneWork work,
      OptionalLong steady) {
    this.database = database;
    this.settings = settings;
    this.listener = listener;
    this.stop = work.either(stop);
    this.run = work.run();
    this.number = work.number();
    this.lane = work.lane();
    this.batches = work.batches(database);
    this.refusals = new BatchRefusals(database, journal, work, batches);
    // A lane beside it that failed is no reason to leave open what became of a batch.
    this.unclear = new UnclearBatch(database, listener, stop);
    this.backoff = new Backoff(database.patience());
    this.consideration = work.consideration();
    LaneState state = work.state();
    this.size = settings.batchRows().orElseGet(() -> firstSize(work.lane(), steady));
    this.batch = state.batches();
    this.rowsDone = state.sourceRowsDone();
    this.watermark = Optional.ofNullable(state.watermark());
    this.compareFirst = batches.compares() && lane.alreadyThere() * 2 >= lane.expectedRows();
  }

  /** Target rows of a batch that takes as long as one shall; empty where that isn't known. */
  OptionalLong steady() {
    boolean known = settings.pace().carries() && !compareFirst && watermark.isPresent();
    return known ? OptionalLong.of(Math.round(size * rowsEach(lane))) : OptionalLong.empty();
  }

  /** Works to the lane's end; true where that end is stored already, with its last rows. */
  boolean run() {
    try {
      return runToTheEnd();
    } catch (CairnException stopped) {
      throw refusals.withPlace(stopped, rowsDone, watermark);
    }
  }

  private long firstSize(Lane of, OptionalLong steady) {
    Pace pace = settings.pace();
    if (!pace.carries()) {
      return pace.firstBatch();
    }
    long rows = Math.round(steady.orElse(pace.firstBatch()) / rowsEach(of));
    return Math.max(1, Math.min(LARGEST_BATCH, rows));
  }

  /** Rows that are written for a source row. */
  private static double rowsEach(Lane of) {
    return of.sourceRows() == 0 ? 1 : Math.max(1.0, (double) of.expectedRows() / of.sourceRows());
  }

  private boolean runToTheEnd() {
    if (watermark.isEmpty()) {
      refuseToGoOn();
      batches.prepare(listener, stop);
    }
    while (true) {
      refuseToGoOn();
      Optional<End> end = next.isPresent() || ended ? next : findEnd();
      if (end.isEmpty()) {
        return storedEnd;
      }
      if (watermark.isPresent() && Objects.deepEquals(watermark.get(), end.get().upTo())) {
        throw refusals.stuck(end.get().upTo());
      }
      long started = System.nanoTime();
      boolean done = attempt(end.get());
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      if (done) {
        size = nextSize(end.get().rows(), took);
        if (consideration.between()) {
          size = Math.min(size, Math.max(SMALLEST_FOR_OTHERS, end.get().rows() / 2));
        }
      }
      pause(done);
    }
  }

  private long nextSize(long rows, Duration took) {
    if (settings.batchRows().isPresent()) {
      return Math.min(settings.batchRows().getAsLong(), rows * 2); // grows again after a bisection
    }
    long next = settings.pace().next(rows, took, LARGEST_BATCH);
    return compareFirst ? Math.min(next, LARGEST_COMPARED) : next;
  }

  private void refuseToGoOn() {
    if (stop.stopRequested()) {
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped at the batch edge")
          .hint("`resume` goes on from here");
    }
    database.checkStillThere();
  }

  /** What is left goes in one batch where it is about as much as one shall have. */
  private Optional<End> findEnd() {
    long left = lane.sourceRows() - rowsDone;
    boolean whole = settings.pace().carries() && settings.batchRows().isEmpty();
    return Optional.of(left)
        .filter(rows -> whole && rows <= size + size / 4)
        .flatMap(batches::wholeRest)
        .or(() -> findEnd(size));
  }

  private Optional<End> findEnd(long rows) {
    try (ReadView view = database.view()) {
      List<List<Object>> found = view.rows(batches.endQuery(watermark, rows));
      return batches.end(found.isEmpty() ? List.of() : found.get(0), watermark, rows);
    }
  }

  /** True where the batch is durable; false where it must be tried again, smaller. */
  private boolean attempt(End end) {
    BatchPlace place = place(end);
    List<SqlFragment> statements =
        new ArrayList<>(batches.statements(place, compareFirst, System.currentTimeMillis()));
    statements.add(BatchJournal.readTally(place));
    int tally = statements.size() - 1;
    boolean last = batches.isLast(end);
    // The next batch's end is asked for here, so that a batch is one conversation with the engine.
    statements.add(
        last ? Journal.laneEnd(run, number) : batches.endQuery(Optional.of(end.upTo()), size));
    BatchOutcome outcome =
        database.atomically(
            new AtomicBatch(
                statements,
                batches.parentsProven(),
                batches.seesReplaced(),
                false,
                batches.oneMoment(),
                batches.beside(place),
                Optional.of(new AtomicBatch.Turn(run.id(), false))));
    if (outcome instanceof Committed committed) {
      List<List<Object>> results = committed.results();
      advance(place, results.get(tally));
      backoff.succeeded();
      next = last ? Optional.empty() : batches.end(results.get(tally + 1), watermark, size);
      ended = next.isEmpty(); // as the batch itself saw it: it need not be asked again
      storedEnd = last;
      return true;
    }
    next = Optional.empty();
    if (outcome instanceof Unknown unknown) {
      return committed(place, unclear.resolve(place, unknown))
          || later(new RolledBack(Reason.UNREACHABLE, -1, unknown.message()), end);
    }
    RolledBack failed = (RolledBack) outcome;
    if (failed.statement() == 0 && failed.reason() == Reason.CONSTRAINT) {
      return fenced(place, failed);
    }
    if (failed.reason() == Reason.CONSTRAINT) {
      bisect(failed, end);
      return false;
    }
    return later(failed, end);
  }

  private boolean committed(BatchPlace place, Optional<List<Object>> tally) {
    tally.ifPresent(row -> advance(place, row));
    return tally.isPresent();
  }

  /**
   * On the way to a server a request can be doubled, or come long after it was given up: then the
   * batch that is there is this process's own, which its epoch proves.
   */
  private boolean fenced(BatchPlace place, RolledBack failed) {
    boolean ours =
        !database.patience().isZero() && committed(place, unclear.tally(place, failed.message()));
    if (!ours) {
      throw refusals.fenced(batch + 1);
    }
    return true;
  }

  /** What may pass is tried again, and by half as many rows, which ask less of everybody. */
  private boolean later(RolledBack failed, End end) {
    if (!failed.reason().mayPass()
        || (!backoff.again(stop::stopRequested) && !stop.stopRequested())) {
      throw refusals.of(failed, consideration.holder());
    }
    size = Math.max(1, Math.min(size, end.rows()) / 2);
    return false;
  }

  private BatchPlace place(End end) {
    return new BatchPlace(run.id(), number, batch + 1, run.owner().epoch(), watermark, end.upTo());
  }

  private void advance(BatchPlace place, List<Object> row) {
    BatchTally tally = BatchTally.of(row);
    batch = place.batch();
    repeated = false;
    rowsDone += ((Number) row.get(8)).longValue();
    // As it was committed: a request of an earlier try may have had another end.
    watermark = Optional.of(database.dialect().unkept(row.get(9)));
    // A range that was wholly there is likely followed by another: comparing costs less than
    // writing.
    compareFirst = batches.compares() && tally.written() == 0;
    listener.committed(number, batch, ((Number) row.get(8)).longValue(), tally);
  }

  /** One row is refused, not its neighbours: halves until the row is found. */
  private void bisect(RolledBack failed, End end) {
    if (BatchRefusals.isOurOwnCheck(failed)) {
      if (!repeated && !database.dialect().holding().isEmpty()) {
        repeated = true; // another writer may have come between: with it there, it adds up
        return;
      }
      throw refusals.conservation(end.upTo(), failed);
    }
    Optional<CairnException> refusal = batches.refusal(place(end), failed);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    if (batches.isConflict(failed, compareFirst)) {
      throw refusals.conflict(end.upTo());
    }
    if (end.rows() > 1) {
      size = Math.max(1, end.rows() / 2);
      next = findEnd(size).filter(smaller -> smaller.rows() < end.rows());
      if (next.isPresent()) {
        return;
      }
    }
    if (!settings.quarantine() || !batches.canReject()) {
      throw refusals.poison(end.upTo(), failed);
    }
    setAside(end, failed);
  }

  /** A checkpoint that says its rows were rejected, in place of the rows. */
  private void setAside(End end, RolledBack failed) {
    BatchPlace place = place(end);
    List<SqlFragment> statements =
        new ArrayList<>(batches.reject(place, System.currentTimeMillis()));
    statements.add(BatchJournal.readTally(place));
    BatchOutcome outcome =
        database.atomically(
            new AtomicBatch(
                statements,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.of(new AtomicBatch.Turn(run.id(), false))));
    Optional<List<Object>> found = Optional.empty();
    if (outcome instanceof Committed committed) {
      found = Optional.of(committed.results().get(statements.size() - 1));
    } else if (outcome instanceof Unknown unknown) {
      found = unclear.resolve(place, unknown);
    }
    List<Object> tally = found.orElseThrow(() -> refusals.poison(end.upTo(), failed));
    listener.says(
        "set aside, with all %,d rows of its cursor value: %s"
            .formatted(
                ((Number) tally.get(5)).longValue(),
                refusals.poison(end.upTo(), failed).getMessage()));
    advance(place, tally);
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
