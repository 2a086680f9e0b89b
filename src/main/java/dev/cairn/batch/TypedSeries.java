package dev.cairn.batch;

import dev.cairn.batch.SessionCounters.Seen;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.journal.SeriesJournal;
import dev.cairn.plan.ChangeRows;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs statements that a person types and that write rows of one table and nothing else, and
 * journals every row. By itself each is a transaction and a run. In a transaction of the person's
 * own those that follow one another are one run, as a dump of ten thousand INSERTs has ten thousand
 * of them: the journal is laid out for the first, and the others cost its rows alone. {@link #end}
 * must come before anything else runs in the conversation.
 */
public final class TypedSeries {
  /** The code of the failure of a statement whose schema is another by now; it wrote nothing. */
  public static final String DRIFT = "schema-drift";

  private static final String MARK = "cairn_series";

  private final StatementSession session;
  private final SessionCounters counters;
  private final Dialect dialect;
  private final Clock clock;
  private final Optional<ReturnedSeries> returned;
  private SeriesJournal journal;
  private long statements;
  private long written;
  private double seconds;

  /**
   * @param session the conversation in which they are typed
   * @param counters what that conversation says of its last statement
   * @param clock for times that people read
   */
  public TypedSeries(
      StatementSession session, SessionCounters counters, Dialect dialect, Clock clock) {
    this.session = session;
    this.counters = counters;
    this.dialect = dialect;
    this.clock = clock;
    this.returned =
        dialect.handsOnWritten()
            ? Optional.of(new ReturnedSeries(session, dialect, clock))
            : Optional.empty();
  }

  /**
   * What became of one statement.
   *
   * @param run the number of the run that it is part of; empty where it wrote no row
   * @param rows that it inserted, updated or deleted
   * @param open whether only the person's own COMMIT will publish it
   */
  public record Done(Optional<Long> run, long rows, boolean open) {}

  /** Whether a change is one of those that this is for. */
  public boolean isFor(ChangeRows change) {
    return returned.isPresent()
        || (change.alone() && !change.takesAway() && change.alsoTouched().isEmpty());
  }

  /** Whether statements of a person's transaction have a run that isn't sealed yet. */
  public boolean isOpen() {
    return journal != null || returned.filter(ReturnedSeries::isOpen).isPresent();
  }

  /** Whether what a change writes is being journalled as it is. */
  public boolean sees(ChangeRows change) {
    return journal != null && journal.takes(change) && journal.sees(change);
  }

  /**
   * Runs one.
   *
   * @param change the statement, and what it may write
   * @param catalog the schema as this conversation sees it
   * @param schemaVersion the number that the schema had when the catalog was read
   * @param rows shows what a RETURNING gives
   */
  public Done run(
      ChangeRows change, Catalog catalog, long schemaVersion, Consumer<RowStream> rows) {
    if (returned.isPresent()) {
      return returned(returned.get(), change, catalog, rows);
    }
    if (isOpen() && !journal.takes(change)) {
      end();
    }
    return isOpen() || session.inTransaction()
        ? within(change, catalog, rows)
        : alone(change, catalog, schemaVersion, rows);
  }

  /** Ends the run, in the transaction in which it is. */
  public void end() {
    if (!isOpen()) {
      return;
    }
    if (returned.isPresent()) {
      endReturned(returned.get());
      return;
    }
    Seen before = counters.now();
    List<SqlFragment> last =
        written == 0 ? journal.drop() : journal.seal(written, statements - 1, seconds);
    marked(() -> run(last));
    counters.restore(before);
    forget();
  }

  /** In a transaction in which something failed there is nothing to end: it will be taken back. */
  private static void endReturned(ReturnedSeries series) {
    try {
      series.end();
    } catch (CairnException failed) {
      if (!failed.code().equals("transaction-failed")) {
        throw failed;
      }
    }
  }

  /** The transaction is gone, and all of its journal with it. */
  public void forget() {
    returned.ifPresent(ReturnedSeries::forget);
    journal = null;
    statements = 0;
    written = 0;
    seconds = 0;
  }

  private Done returned(
      ReturnedSeries series, ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    if (!session.inTransaction()) {
      Run done = series.alone(change, catalog, rows);
      long written = done.tally().written();
      return new Done(written == 0 ? Optional.empty() : Optional.of(done.id()), written, false);
    }
    if (series.isOpen() && !series.takes(change)) {
      series.end();
    }
    long changed = series.within(change, catalog, rows);
    return new Done(changed == 0 ? Optional.empty() : Optional.of(series.number()), changed, true);
  }

  private Done alone(
      ChangeRows change, Catalog catalog, long schemaVersion, Consumer<RowStream> rows) {
    Seen before = counters.now();
    run("BEGIN IMMEDIATE");
    try {
      if (session.schemaVersion() != schemaVersion) {
        throw CairnException.drift(DRIFT, "another process changed the schema meanwhile")
            .hint("nothing was written; run it again");
      }
      begin(change, catalog, before);
      long changed = execute(change, rows);
      Seen after = counters.now();
      Optional<Long> run = Optional.of(journal.run());
      if (changed == 0) {
        session.rollback();
        counters.restore(after);
        return new Done(Optional.empty(), 0, false);
      }
      run(journal.seal(written, 0, seconds));
      counters.restore(after);
      new JournalledCommit(session, run.get()).run();
      return new Done(run, changed, false);
    } catch (RuntimeException failed) {
      session.rollback();
      counters.restore(before);
      throw JournalledCommit.ofOwn(failed);
    } finally {
      forget();
    }
  }

  private Done within(ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    if (!isOpen() || !journal.sees(change)) {
      Seen before = counters.now();
      boolean first = !isOpen();
      try {
        marked(() -> begin(change, catalog, before));
      } catch (RuntimeException failed) {
        if (first) {
          forget();
        } else if (isOpen()) {
          journal.unwatch(change);
        }
        throw failed;
      }
    }
    try {
      long changed = execute(change, rows);
      return new Done(changed == 0 ? Optional.empty() : Optional.of(journal.run()), changed, true);
    } catch (RuntimeException failed) {
      if (session.inTransaction()) {
        written += left(change); // OR FAIL leaves what it wrote before
      } else {
        forget();
      }
      throw failed;
    }
  }

  /** What a statement that failed wrote. One that the engine didn't compile set no count. */
  private long left(ChangeRows change) {
    long changed = session.changes();
    try {
      session.check(change.sql());
    } catch (RuntimeException neverRan) {
      return 0;
    }
    return changed;
  }

  private void begin(ChangeRows change, Catalog catalog, Seen before) {
    if (!isOpen()) {
      long now = clock.millis();
      List<SqlFragment> stored =
          seen(
              view ->
                  SeriesJournal.begin(
                      view, catalog, change, dialect, ProcessIdentity.current(), now));
      run(stored);
      journal = seen(view -> SeriesJournal.begun(view, dialect, now));
      run(journal.fence());
    }
    List<SqlFragment> watching = seen(view -> journal.watch(view, catalog, change));
    run(watching);
    counters.restore(before);
  }

  private long execute(ChangeRows change, Consumer<RowStream> rows) {
    long started = System.nanoTime();
    try (RowStream result = session.run(change.sql())) {
      if (result.columns().isEmpty()) {
        result.next();
      } else {
        rows.accept(result);
      }
    }
    seconds += (System.nanoTime() - started) / 1e9;
    counters.ran();
    long changed = session.changes();
    statements++;
    written += changed;
    return changed;
  }

  /** Runs statements of the journal so that all of them stay or none. */
  private void marked(Runnable work) {
    run("SAVEPOINT " + MARK);
    try {
      work.run();
      run("RELEASE " + MARK);
    } catch (RuntimeException failed) {
      if (session.inTransaction()) {
        run("ROLLBACK TO " + MARK);
        run("RELEASE " + MARK);
      } else {
        forget();
      }
      throw failed;
    }
  }

  private void run(List<SqlFragment> fragments) {
    session.all(fragments);
  }

  private void run(String sql) {
    run(List.of(SqlFragment.of(sql)));
  }

  private <T> T seen(Function<ReadView, T> question) {
    try (ReadView view = session.view()) {
      return question.apply(view);
    }
  }
}
