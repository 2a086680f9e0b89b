package dev.cairn.journal;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.plan.Approved;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The runs of a database, stored in that database. Reading it never makes a table; only {@link
 * #start} does. A journal in a format that this version doesn't know ends in exit 4, never in a
 * fresh start.
 */
public final class Journal {
  static final String VERSION =
      Optional.ofNullable(Journal.class.getPackage().getImplementationVersion())
          .orElse("development");

  private static final int PAGE = 100;
  private static final int STORING_TRIES = 20;

  private final Database database;
  private final Dialect dialect;
  private final Clock clock;
  private final ProcessIdentity self;

  /**
   * @param clock for times that people read and for leases; nothing about rows is decided by it
   * @param self the process that owns the runs started here
   */
  public Journal(Database database, Clock clock, ProcessIdentity self) {
    this.database = database;
    this.dialect = database.dialect();
    this.clock = clock;
    this.self = self;
  }

  /** All runs, newest first. */
  public List<Run> runs() {
    return select("ORDER BY run DESC");
  }

  /** The newest runs, newest first. */
  public List<Run> runs(long limit) {
    return select("ORDER BY run DESC LIMIT " + limit);
  }

  /** The newest run of which something holds; read a page at a time, as there may be thousands. */
  public Optional<Run> newest(Predicate<Run> wanted) {
    long below = Long.MAX_VALUE;
    while (true) {
      List<Run> page = select("WHERE run < %d ORDER BY run DESC LIMIT %d".formatted(below, PAGE));
      Optional<Run> found = page.stream().filter(wanted).findFirst();
      if (found.isPresent() || page.size() < PAGE) {
        return found;
      }
      below = page.get(PAGE - 1).id();
    }
  }

  /** The run of that number. Fails with exit 1 where there is none. */
  public Run run(long id) {
    return stored(id)
        .orElseThrow(
            () ->
                CairnException.failed("no-such-run", "there is no run " + id)
                    .hint("`runs` lists them"));
  }

  /** The run of a plan that isn't at its end, if there is one. */
  public Optional<Run> open(String plan) {
    return open(run -> run.plan().equals(plan));
  }

  /** The newest run that isn't at its end, of any plan. */
  public Optional<Run> open() {
    return open(run -> true);
  }

  private Optional<Run> open(Predicate<Run> wanted) {
    return select("WHERE status IN " + RunStatus.openList() + " ORDER BY run DESC").stream()
        .filter(wanted)
        .findFirst();
  }

  /** The newest run of a plan, whatever its status. */
  public Optional<Run> latest(String plan) {
    return newest(run -> run.plan().equals(plan));
  }

  /** Stores a run with its lanes and makes this process its owner. */
  public Run start(Approved approved) {
    return start(approved, Optional.empty());
  }

  /** The same of a run that does a step of another; fails with exit 6 where that isn't ours. */
  public Run start(Approved approved, Optional<StepRuns.Link> link) {
    for (int left = STORING_TRIES; ; left--) {
      long number = nextNumber();
      long now = clock.millis();
      BatchOutcome outcome =
          settled(AtomicBatch.of(NewRun.statements(database, approved, link, self, number, now)));
      // A column that an undo table gets is there already (SQL) when the same comes again.
      if (outcome instanceof RolledBack failed
          && (failed.reason() == Reason.CONSTRAINT || failed.reason() == Reason.SQL)) {
        Optional<Run> there = stored(number);
        Optional<Run> ours = there.filter(run -> isStartedHere(run, now));
        if (ours.isPresent()) {
          return ours.get(); // its answer got lost, and this was the second try
        }
        link.ifPresent(each -> refuseUnlessOurs(each.run()));
        open(approved.measured().plan().name()).ifPresent(Journal::refuseAtWork);
        if (there.isPresent() && left > 0) {
          continue; // somebody else's run got the number meanwhile
        }
      }
      List<List<Object>> results = committed(outcome, "the run could not be stored");
      return run(((Number) results.get(results.size() - 1).get(0)).longValue());
    }
  }

  private static void refuseAtWork(Run other) {
    throw atWork(other);
  }

  /**
   * The number that the next run gets. It is fixed before the run is stored, so that a request that
   * comes twice, or much later, stores no second one.
   */
  private long nextNumber() {
    try (ReadView view = database.view()) {
      SqlFragment last = SqlFragment.of(dialect.lastRun());
      long format = RunReader.formatAnd(view, dialect, last);
      if (format != JournalTables.FIRST_FORMAT) {
        return format == 0 ? 1 : 1 + view.number(last);
      }
    }
    upgrade();
    return nextNumber();
  }

  private boolean isStartedHere(Run run, long now) {
    return run.owner().epoch() == 1 && isOwn(run, now) && run.batches() == 0;
  }

  /** Whether this process took the run at that moment. */
  private boolean isOwn(Run run, long now) {
    return run.owner().pid() == self.pid()
        && run.owner().host().equals(self.host())
        && run.owner().heartbeatMillis() == now;
  }

  private BatchOutcome settled(AtomicBatch batch) {
    return database.repeatedly(batch, () -> false);
  }

  /** Makes this process the owner of a run that was interrupted, in a new epoch. */
  public Run takeOver(Run run, long leaseMillis) {
    refuseWhileOwned(run, leaseMillis);
    upgrade();
    long moment = clock.millis();
    BatchOutcome outcome =
        settled(
            AtomicBatch.alone(
                run.id(),
                List.of(
                    SqlFragment.of(
                        "UPDATE cairn_run SET epoch = epoch + 1, status = 'RUNNING', reason = NULL,"
                            + " owner_pid = ?, owner_host = ?, heartbeat_ms = ?"
                            + " WHERE run = ? AND epoch = ? AND status IN "
                            + RunStatus.openList(),
                        self.pid(),
                        self.host(),
                        moment,
                        run.id(),
                        run.owner().epoch()),
                    changed())));
    List<List<Object>> results = committed(outcome, "the run could not be taken over");
    Run now = run(run.id());
    boolean before = now.owner().epoch() == run.owner().epoch() + 1 && isOwn(now, moment);
    if (((Number) results.get(1).get(0)).longValue() != 1 && !before) {
      throw atWork(now);
    }
    return now;
  }

  /** Fails with exit 6 where a run was stopped, or is somebody else's by now. */
  void refuseUnlessOurs(Run run) {
    Run now = run(run.id());
    if (now.status() != RunStatus.RUNNING) {
      throw CairnException.stopped("stop-requested", "run " + now.id() + " was asked to stop")
          .hint("`resume " + now.id() + "` goes on");
    }
    if (now.owner().epoch() != run.owner().epoch()) {
      throw atWork(now);
    }
  }

  /** Sets a run's status if it still belongs to this epoch; true where it did. */
  public boolean end(Run run, RunStatus status, String reason, double seconds) {
    BatchOutcome outcome =
        settled(AtomicBatch.alone(run.id(), ending(run, status, reason, seconds)));
    if (status == RunStatus.SUCCEEDED) {
      committed(outcome, "all rows are there, but the run's end could not be stored");
    }
    return outcome instanceof Committed done
        && (((Number) done.results().get(1).get(0)).longValue() == 1 || isEnded(run, status));
  }

  /** Whether an earlier try, whose answer got lost, has set the status. */
  private boolean isEnded(Run run, RunStatus status) {
    Run now = run(run.id());
    return now.status() == status && now.owner().epoch() == run.owner().epoch();
  }

  private List<SqlFragment> ending(Run run, RunStatus status, String reason, double seconds) {
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_run SET status = ?, reason = ?, seconds = seconds + ?,"
                + " heartbeat_ms = ? WHERE run = ? AND epoch = ?"
                + " AND status IN ('RUNNING', 'PAUSED')",
            status.name(),
            reason,
            seconds,
            clock.millis(),
            run.id(),
            run.owner().epoch()));
    statements.add(changed());
    if (status == RunStatus.SUCCEEDED && run.kind() == RunKind.UNDO) {
      // In the same transaction: what is taken back is never shown as standing, nor the reverse.
      statements.add(
          SqlFragment.of(
                  "UPDATE cairn_run SET status = 'UNDONE', reason = ? WHERE run = ? AND 1 = ",
                  "taken back by run " + run.id(),
                  Undoing.undone(run))
              .then(dialect.rowsChanged()));
    }
    return statements;
  }

  /** Adds to the time that a run was at work, whatever its status. */
  public void worked(Run run, double seconds) {
    BatchOutcome outcome =
        settled(
            AtomicBatch.of(
                List.of(
                    SqlFragment.of(
                        "UPDATE cairn_run SET seconds = seconds + ? WHERE run = ?",
                        seconds,
                        run.id()))));
    committed(outcome, "all rows are there, but the time that it took could not be stored");
  }

  /** Notes that a lane reached its end. */
  public void laneDone(Run run, int lane) {
    committed(
        settled(AtomicBatch.of(List.of(laneEnd(run, lane)))), "the lane's end could not be stored");
  }

  /** Notes that a lane reached its end, in the transaction of its last batch. */
  public static SqlFragment laneEnd(Run run, int lane) {
    return SqlFragment.of(
        "UPDATE cairn_lane SET done = 1 WHERE run = ? AND lane = ?", run.id(), (long) lane);
  }

  /** Changes the status of a run that nobody need own: stop and abandon. */
  public Run change(Run run, RunStatus status, String reason) {
    if (!run.status().canBecome(status)) {
      throw CairnException.failed(
          "run-status", "run " + run.id() + " is " + run.status() + " and can't become " + status);
    }
    BatchOutcome outcome =
        settled(
            AtomicBatch.alone(
                run.id(),
                List.of(
                    SqlFragment.of(
                        "UPDATE cairn_run SET status = ?, reason = ? WHERE run = ? AND status = ?",
                        status.name(),
                        reason,
                        run.id(),
                        run.status().name()))));
    committed(outcome, "the run's status could not be changed");
    return run(run.id());
  }

  /**
   * Gives up a run that wrote nothing; false where it did write meanwhile. Asked under the lock:
   * its owner may have been waiting for that very lock.
   */
  public boolean giveUpUnbegun(Run run) {
    BatchOutcome outcome =
        database.atomically(
            AtomicBatch.alone(
                run.id(),
                List.of(
                    SqlFragment.of(
                        "UPDATE cairn_run SET status = 'ABANDONED', reason = 'it wrote nothing'"
                            + " WHERE run = ? AND status IN "
                            + RunStatus.openList()
                            + " AND NOT EXISTS (SELECT 1 FROM cairn_checkpoint AS c"
                            + " WHERE c.run = cairn_run.run)",
                        run.id()),
                    changed())));
    List<List<Object>> results = committed(outcome, "the run's status could not be changed");
    return ((Number) results.get(1).get(0)).longValue() == 1;
  }

  /** Whether somebody is at work on it: the process lives, or its lease has not run out. */
  public boolean owned(Run run, long leaseMillis) {
    if (run.status() != RunStatus.RUNNING) {
      return false;
    }
    boolean expired = clock.millis() - run.owner().heartbeatMillis() > leaseMillis;
    boolean here = run.owner().host().equals(self.host());
    boolean dead = here && !self.isAlive(run.owner().pid());
    boolean own = here && run.owner().pid() == self.pid();
    // A process that asks is at work on none: it stopped without being able to say so.
    return !expired && !dead && !own;
  }

  private void refuseWhileOwned(Run run, long leaseMillis) {
    if (owned(run, leaseMillis)) {
      throw atWork(run);
    }
  }

  private SqlFragment changed() {
    return SqlFragment.of("SELECT ").then(dialect.rowsChanged());
  }

  private static CairnException atWork(Run run) {
    return CairnException.stopped(
            "at-work",
            "run %d of %s belongs to process %d on %s"
                .formatted(run.id(), run.plan(), run.owner().pid(), run.owner().host()))
        .hint("`status` shows how far it is; `stop " + run.id() + "` ends it at the batch edge");
  }

  /** A journal of the first format gets what is new; two processes that do it do it once. */
  private void upgrade() {
    while (RunReader.format(database) == JournalTables.FIRST_FORMAT) {
      BatchOutcome outcome = database.atomically(AtomicBatch.of(JournalTables.upgrade(dialect)));
      boolean again = outcome instanceof RolledBack failed && failed.reason() == Reason.CONSTRAINT;
      if (!again) {
        committed(outcome, "the journal could not be brought up to date");
      }
    }
  }

  private Optional<Run> stored(long id) {
    return RunReader.read(database, id);
  }

  private List<Run> select(String which) {
    return RunReader.read(database, which);
  }

  static List<List<Object>> committed(BatchOutcome outcome, String what) {
    if (outcome instanceof Committed done) {
      return done.results();
    }
    if (outcome instanceof RolledBack failed) {
      throw switch (failed.reason()) {
        case UNREACHABLE ->
            CairnException.stopped("unreachable", what + ": " + failed.message())
                .hint("run it again when the server can be reached");
        case BUSY ->
            CairnException.stopped("busy", what + ": the database is locked by another process")
                .hint("wait until the other process is done, then run it again");
        case DISK_FULL ->
            CairnException.stopped("disk-full", what + ": " + failed.message())
                .hint("free some space, then run it again");
        case READ_ONLY -> CairnException.failed("read-only", what + ": " + failed.message());
        default -> CairnException.failed("journal", what + ": " + failed.message());
      };
    }
    throw CairnException.of(
            ExitCode.UNKNOWN,
            "unknown",
            what + ", as far as is known: " + ((Unknown) outcome).message())
        .hint("`runs` says what there is, `resume` goes on");
  }
}
