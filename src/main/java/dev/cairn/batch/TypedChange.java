package dev.cairn.batch;

import dev.cairn.batch.SessionCounters.Seen;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.ReplacedRows;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.TypedJournal;
import dev.cairn.plan.ChangeRows;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a statement that a person typed as it stands, and journals every row that it changes in the
 * same transaction: one of its own, or the one that the person opened. Where it fails, nothing of
 * it and nothing of the journal stays; a person's own transaction goes on as the engine left it.
 */
public final class TypedChange {
  private static final String MARK = "cairn_typed";

  private final StatementSession session;
  private final SessionCounters counters;
  private final Dialect dialect;
  private final Clock clock;

  /**
   * @param session the conversation in which it was typed
   * @param counters what that conversation says of its last statement
   * @param clock for times that people read
   */
  public TypedChange(
      StatementSession session, SessionCounters counters, Dialect dialect, Clock clock) {
    this.session = session;
    this.counters = counters;
    this.dialect = dialect;
    this.clock = clock;
  }

  /**
   * Runs it.
   *
   * @param change the statement, and what it may write, as this conversation's catalog has it
   * @param rows shows what a RETURNING gives
   * @return the run; still RUNNING where only the person's own COMMIT will publish it
   */
  public Run run(ChangeRows change, Consumer<RowStream> rows) {
    if (dialect.handsOnWritten()) {
      return returned(change, rows);
    }
    boolean setsOff = change.takesAway() && dialect.hasTemporary();
    boolean own = !session.inTransaction();
    Seen before = counters.now();
    long recursive = setsOff ? number("PRAGMA recursive_triggers") : 0;
    TypedJournal journal =
        new TypedJournal(change, dialect, ProcessIdentity.current(), clock.millis());
    run(own ? "BEGIN IMMEDIATE" : "SAVEPOINT " + MARK);
    try {
      if (setsOff) {
        run("PRAGMA recursive_triggers = ON");
      }
      Run done = journalled(change, journal, before, rows);
      if (own) {
        new JournalledCommit(session, done.id()).run();
      } else {
        run("RELEASE " + MARK);
      }
      return own ? done : done.with(RunStatus.RUNNING);
    } catch (RuntimeException failed) {
      takeBack(own);
      counters.restore(before);
      throw change.takesAway() && !setsOff && ReplacedRows.refused(failed.getMessage())
          ? unseen(failed)
          : own ? JournalledCommit.ofOwn(failed) : failed;
    } finally {
      if (setsOff) {
        run("PRAGMA recursive_triggers = " + recursive);
      }
    }
  }

  private Run returned(ChangeRows change, Consumer<RowStream> rows) {
    ReturnedSeries series = new ReturnedSeries(session, dialect, clock);
    if (!session.inTransaction()) {
      return series.alone(change, session.catalog(), rows);
    }
    series.within(change, session.catalog(), rows);
    return series.end().with(RunStatus.RUNNING);
  }

  private Run journalled(
      ChangeRows change, TypedJournal journal, Seen before, Consumer<RowStream> rows) {
    List<SqlFragment> begin = seen(view -> journal.begin(view, session.catalog()));
    run(begin);
    BatchPlace place = seen(journal::place);
    long started = System.nanoTime();
    run(journal.before(place));
    counters.restore(before);
    try (RowStream result = session.run(change.sql())) {
      if (result.columns().isEmpty()) {
        result.next();
      } else {
        rows.accept(result);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    counters.ran();
    Seen after = counters.now();
    run(journal.after(place, seconds));
    counters.restore(after);
    return seen(view -> journal.run(view, place));
  }

  private static CairnException unseen(RuntimeException failed) {
    return CairnException.refused(
            "replace-unseen",
            "which rows it takes away can't be proved on this server; nothing was written")
        .hint("write it as UPDATE, or as DELETE and INSERT: then `undo` knows every row")
        .causedBy(failed);
  }

  /** A statement may have ended the whole transaction itself (OR ROLLBACK). */
  private void takeBack(boolean own) {
    if (!session.inTransaction()) {
      return;
    }
    if (own) {
      session.rollback();
      return;
    }
    try {
      run("ROLLBACK TO " + MARK);
      run("RELEASE " + MARK);
    } catch (CairnException gone) {
      return; // the engine ended the transaction, and with it the mark
    }
  }

  private void run(List<SqlFragment> statements) {
    session.all(statements);
  }

  private void run(String sql) {
    try (RowStream result = session.run(SqlFragment.of(sql))) {
      result.next();
    }
  }

  private long number(String sql) {
    return seen(view -> view.number(SqlFragment.of(sql)));
  }

  private <T> T seen(Function<ReadView, T> question) {
    try (ReadView view = session.view()) {
      return question.apply(view);
    }
  }
}
