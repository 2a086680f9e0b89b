package dev.cairn.batch;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.ReturnedJournal;
import dev.cairn.journal.ReturnedJournal.Wrote;
import dev.cairn.journal.ReturnedRows;
import dev.cairn.journal.Run;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.ReturningText;
import dev.cairn.sql.SqlParser;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs statements that a person types on an engine whose statements tell what they wrote, and
 * journals every row in the same statement. By itself each is a transaction; in a person's own,
 * those that follow one another are one run. Where one fails there, the engine does nothing more in
 * the transaction, and its COMMIT takes everything back, the journal too.
 */
final class ReturnedSeries {
  private static final int TRIES = 4;
  private static final Wrote NOTHING = new Wrote(0, 0, 0, 0);

  private final StatementSession session;
  private final Dialect dialect;
  private final Clock clock;
  private ReturnedJournal journal;
  private Wrote wrote = NOTHING;
  private long statements;
  private double seconds;

  ReturnedSeries(StatementSession session, Dialect dialect, Clock clock) {
    this.session = session;
    this.dialect = dialect;
    this.clock = clock;
  }

  boolean isOpen() {
    return journal != null;
  }

  boolean takes(ChangeRows change) {
    return journal.takes(change);
  }

  long number() {
    return journal.place().run();
  }

  /** One statement in the open transaction; how many rows it wrote. */
  long within(ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    try {
      Wrote now = written(change, catalog, rows);
      if (!now.whole()) {
        session.rollback();
        throw CairnException.failed(
                "not-journalled",
                "another writer came between: the whole open transaction was taken back")
            .hint("begin again");
      }
      return now.written();
    } catch (RuntimeException failed) {
      forget(); // nothing of the transaction can be committed any more
      throw failed;
    }
  }

  /** One statement that is a transaction and a run of its own; none is kept of one without rows. */
  Run alone(ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    for (int left = TRIES; ; left--) {
      try {
        return once(change, catalog, rows);
      } catch (CairnException busy) {
        session.rollback();
        if (left == 1 || !busy.code().equals("busy") || seconds > 0) {
          throw JournalledCommit.ofOwn(busy);
        }
      } catch (RuntimeException failed) {
        session.rollback();
        throw failed;
      } finally {
        forget();
      }
    }
  }

  /** Rows that others commit meanwhile are an error of the engine's, and not seen half. */
  private Run once(ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    session.again(SqlFragment.of("BEGIN ISOLATION LEVEL REPEATABLE READ"));
    Wrote now = written(change, catalog, rows);
    if (!now.whole()) {
      throw CairnException.failed(
              "not-journalled",
              "%,d rows were written and %,d of them are known; nothing was kept"
                  .formatted(now.written(), now.inserted() + now.updated() + now.deleted()))
          .hint("`set undo off` runs it without a journal");
    }
    session.all(journal.seal(wrote, 0, seconds));
    Run done = seen(journal::run);
    if (now.written() == 0) {
      session.rollback();
    } else {
      new JournalledCommit(session, done.id()).run();
    }
    return done;
  }

  /** Ends the run, in the transaction in which it is; one that wrote no row is none. */
  Run end() {
    session.all(
        wrote.written() == 0 ? journal.drop() : journal.seal(wrote, statements - 1, seconds));
    Run done = wrote.written() == 0 ? null : seen(journal::run);
    forget();
    return done;
  }

  void forget() {
    journal = null;
    wrote = NOTHING;
    statements = 0;
    seconds = 0;
  }

  private Wrote written(ChangeRows change, Catalog catalog, Consumer<RowStream> rows) {
    ReturningText text =
        new ReturningText(change.sql(), SqlParser.parse(change.sql(), dialect.flavour()));
    ReturnedRows returned = new ReturnedRows(change, text, catalog, dialect);
    if (journal == null) {
      begin(change, catalog);
    }
    session.all(journal.touch(catalog, change));
    hold(returned.readBefore());
    long started = System.nanoTime();
    Wrote now = run(returned, rows);
    session.all(returned.settle(journal.place()));
    seconds += (System.nanoTime() - started) / 1e9;
    statements++;
    wrote = wrote.and(now);
    return now;
  }

  private Wrote run(ReturnedRows returned, Consumer<RowStream> shown) {
    try (RowStream result = session.run(returned.statement(journal.place()))) {
      if (!returned.shows()) {
        result.next();
        return wrote(result);
      }
      Counting counting = new Counting(result, returned.hidden());
      shown.accept(counting);
      return counting.wrote;
    }
  }

  private static Wrote wrote(RowStream row) {
    return new Wrote(row.number(0), row.number(1), row.number(2), row.number(3));
  }

  /** What a person sees of the rows; each tells in front how many there are. */
  private static final class Counting extends ShownColumns {
    private final RowStream rows;
    private Wrote wrote = NOTHING;
    private boolean first = true;

    Counting(RowStream rows, int hidden) {
      super(rows, hidden);
      this.rows = rows;
    }

    @Override
    public boolean next() {
      boolean more = super.next();
      if (more && first) {
        first = false;
        wrote = wrote(rows);
      }
      return more;
    }
  }

  private void begin(ChangeRows change, Catalog catalog) {
    List<SqlFragment> first = new ArrayList<>(ReturnedJournal.tables(catalog, dialect));
    session.all(first);
    long number =
        seen(
            view -> {
              ReturnedJournal.check(view, dialect);
              return view.number(ReturnedJournal.number());
            });
    journal = new ReturnedJournal(number, dialect, clock.millis());
    session.all(journal.store(change, catalog, ProcessIdentity.current()));
  }

  /**
   * In a transaction that sees what others commit meanwhile, a row could be another by the time it
   * is written than when it was read.
   */
  private void hold(List<String> tables) {
    if (tables.isEmpty() || isFixed()) {
      return;
    }
    String names = tables.stream().map(dialect::quote).collect(Collectors.joining(", "));
    session.again(SqlFragment.of("LOCK TABLE " + names + " IN SHARE ROW EXCLUSIVE MODE"));
  }

  private boolean isFixed() {
    String level =
        seen(view -> view.row(SqlFragment.of("SHOW transaction_isolation"))).get(0).toString();
    return level.equals("repeatable read") || level.equals("serializable");
  }

  private <T> T seen(Function<ReadView, T> question) {
    try (ReadView view = session.view()) {
      return question.apply(view);
    }
  }
}
