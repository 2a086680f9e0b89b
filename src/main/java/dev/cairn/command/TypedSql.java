package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.batch.TypedChange;
import dev.cairn.batch.TypedSeries;
import dev.cairn.batch.TypedSeries.Done;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.ChangeRows;
import dev.cairn.report.Counted;
import dev.cairn.report.Format;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the SQL that a person types, as the engine stands: what is harmless at once, everything else
 * after it was shown and agreed to.
 */
final class TypedSql {
  private static final int RETRIES = 3;

  private final Session session;
  private final Analyses analyses;
  private final OpenTransaction transaction;
  private final Set<String> said = new HashSet<>();

  /** Where a transaction was taken back, or never begun, whose end was not typed yet. */
  private StatementSession lost;

  TypedSql(Session session) {
    this.session = session;
    this.analyses = new Analyses(session);
    this.transaction = new OpenTransaction(session);
  }

  /**
   * Where only the schema changed meanwhile, by another Cairn's first row perhaps, it is read anew.
   */
  void run(String origin, String text, Piece piece) {
    StatementKind kind = StatementShape.classify(piece.text(text), session.flavour());
    boolean open = session.inTransaction();
    try {
      refuseBehindLost(kind);
      repeatedly(origin, text, piece);
    } catch (CairnException failure) {
      boolean ends = kind == StatementKind.COMMIT || kind == StatementKind.ROLLBACK;
      boolean notBegun = !open && kind == StatementKind.BEGIN;
      if ((open || notBegun) && !ends && !session.inTransaction()) {
        lost = session.statements();
        session.series().forget();
      }
      throw failure;
    }
  }

  /** What was meant to be part of a transaction is not run alone when that is gone. */
  private void refuseBehindLost(StatementKind kind) {
    if (kind == StatementKind.BEGIN
        || kind == StatementKind.COMMIT
        || kind == StatementKind.ROLLBACK) {
      lost = null;
    }
    if (lost == null || kind == StatementKind.READ || lost != session.statements()) {
      return;
    }
    throw transactionLost();
  }

  private static CairnException transactionLost() {
    return CairnException.failed(
            "transaction-lost",
            "not run: the transaction that it was to be part of isn't open (any more)")
        .hint("BEGIN begins another one; ROLLBACK goes on without");
  }

  private void repeatedly(String origin, String text, Piece piece) {
    for (int left = RETRIES; ; left--) {
      try {
        once(origin, text, piece);
        return;
      } catch (CairnException drift) {
        if (left == 0 || !drift.code().equals(TypedSeries.DRIFT)) {
          throw drift;
        }
      }
    }
  }

  private void once(String origin, String text, Piece piece) {
    String statement = piece.text(text);
    session.database();
    StatementKind kind = StatementShape.classify(statement, session.flavour());
    boolean open = session.inTransaction();
    try {
      Analysis read = analyses.of("", statement);
      Analysis analysis = transaction.judged(read, text.substring(piece.following()));
      transaction.saw(read, analyses.catalog());
      String agreed = analysis.sql();
      if (!analysis.runsAtOnce()) {
        new EngineCheck(session, analyses).compile(analysis);
        sayWhatStays(agreed, kind);
        Place place = new Place(origin, text, piece.start());
        agreed = new TypedGate(session, analyses).agreed(analysis, place);
      }
      session.counters().before(agreed, analyses.catalog());
      if (open && !session.inTransaction()) {
        throw transactionLost();
      }
      if (!analysis.runsAtOnce() || !inSeries(analysis, kind)) {
        alone(agreed, kind);
      }
      analyses.ran(kind);
      if (session.console().width() > 0) {
        session.output().notes(analysis);
      }
    } catch (CairnException error) {
      throw error.code().equals("not-approved")
          ? error
          : new PlacedErrors(session).placed(error, origin, text, piece);
    }
  }

  private static boolean changesRows(StatementKind kind) {
    return kind == StatementKind.INSERT_VALUES || kind == StatementKind.CHANGE;
  }

  /** What no undo can take back is said before anybody agrees to it. */
  private void sayWhatStays(String statement, StatementKind kind) {
    if (changesRows(kind) && !session.settings().tuning().undo()) {
      session.output().notice("undo can't take this back: `set undo off`");
    } else if (changesRows(kind)) {
      Journalling.of(session, analyses, statement)
          .lost()
          .ifPresent(what -> session.output().notice("undo can't take " + what));
    } else if (kind == StatementKind.OPAQUE || kind == StatementKind.DDL) {
      session.output().notice("undo can't take this back: only changes of rows are journalled");
    }
  }

  /** Runs what changes no row, or what is a run by itself, behind what was a run together. */
  private void alone(String statement, StatementKind kind) {
    if (kind == StatementKind.ROLLBACK) {
      session.series().forget();
    } else if (kind != StatementKind.READ) {
      session.series().end();
    }
    if (!journalled(statement, kind)) {
      execute(statement, kind);
    }
  }

  /** Runs a change that needs no question with its journal; false where it is none. */
  private boolean inSeries(Analysis analysis, StatementKind kind) {
    if (!changesRows(kind) || !session.settings().tuning().undo()) {
      return false;
    }
    Journalling journalling =
        Journalling.of(session, analyses, analysis.sql(), analysis.statement());
    journalling.lost().ifPresent(what -> sayOnce(analysis, what));
    if (journalling.change().filter(session.series()::isFor).isEmpty()) {
      return false;
    }
    StatementSession statements = session.statements();
    session.interrupts().running(statements::cancel);
    try {
      Done done =
          session
              .series()
              .run(
                  journalling.change().get(),
                  analyses.catalog(),
                  analyses.schemaVersion(),
                  rows -> session.output().rows(rows));
      report(analysis.sql(), done);
    } finally {
      session.interrupts().idle();
    }
    return true;
  }

  /** A dump may have thousands that undo can't take back; what the engine refuses has no undo. */
  private void sayOnce(Analysis analysis, String why) {
    if (!said.contains(why)) {
      session.statements().check(analysis.sql());
      said.add(why);
      session.output().notice("undo can't take " + why);
    }
  }

  /** Runs a change with its journal; false where it changes no rows, or none that can be kept. */
  private boolean journalled(String statement, StatementKind kind) {
    if (!changesRows(kind) || !session.settings().tuning().undo()) {
      return false;
    }
    Optional<ChangeRows> known = Journalling.of(session, analyses, statement).change();
    if (known.isEmpty()) {
      return false;
    }
    ChangeRows change = known.get();
    StatementSession statements = session.statements();
    session.interrupts().running(statements::cancel);
    try {
      TypedChange typed =
          new TypedChange(
              statements, session.counters(), session.database().dialect(), Clock.systemUTC());
      report(typed.run(change, rows -> session.output().rows(rows)));
    } finally {
      session.interrupts().idle();
    }
    return true;
  }

  private void report(Run run) {
    if (session.settings().format() == Format.JSON) {
      session.output().run(run);
      return;
    }
    BatchTally tally = run.tally();
    long rows = tally.written();
    String open =
        run.status() == RunStatus.RUNNING ? ", in the open transaction: COMMIT publishes it" : "";
    session.output().notice("%s changed (run %d%s)".formatted(Counted.rows(rows), run.id(), open));
  }

  private void execute(String statement, StatementKind kind) {
    StatementSession statements = session.statements();
    session.interrupts().running(statements::cancel);
    try (RowStream rows = statements.run(statement)) {
      if (!rows.columns().isEmpty()) {
        session.output().rows(rows);
      }
    } finally {
      session.interrupts().idle();
    }
    if (kind == StatementKind.OPAQUE) {
      session.counters().ran();
    }
    if (changesRows(kind)) {
      session.counters().ran();
      report(statement, new Done(Optional.empty(), statements.changes(), false));
    }
  }

  private void report(String statement, Done done) {
    long changes = done.rows();
    String verb = StatementShape.firstWord(statement, session.flavour()).toLowerCase(Locale.ROOT);
    if (session.settings().format() != Format.JSON) {
      session.output().notice(Counted.rows(changes) + " changed");
      return;
    }
    boolean insert = verb.equals("insert") || verb.equals("replace");
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run", done.run().orElse(null));
    run.put("plan", done.run().isPresent() ? "typed" : null);
    run.put("status", done.open() ? "RUNNING" : "SUCCEEDED");
    run.put("expected", changes);
    run.put("inserted", insert ? changes : 0L);
    run.put("identical", 0L);
    run.put("kept", 0L);
    run.put("replaced", 0L);
    run.put("updated", verb.equals("update") || verb.equals("with") ? changes : 0L);
    run.put("deleted", verb.equals("delete") ? changes : 0L);
    run.put("rejected", 0L);
    run.put("batches", 1L);
    run.put("seconds", 0.0);
    run.put("lanes", List.of());
    session.output().json("run", run);
  }
}
