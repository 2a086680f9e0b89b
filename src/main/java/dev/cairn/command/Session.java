package dev.cairn.command;

import dev.cairn.batch.SessionCounters;
import dev.cairn.batch.TypedSeries;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.sql.Flavour;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A conversation: one database, one current plan, settings. For one thread. */
public final class Session implements AutoCloseable {
  private final Console console;
  private final Interrupts interrupts;
  private final Deque<String> tokens;
  private final LastResult lastResult = new LastResult();
  private UnchangedTables unchanged = new UnchangedTables(Set.of());
  private Settings settings;
  private Database database;
  private StatementSession statements;
  private TypedSeries series;
  private SessionCounters counters;
  private Measured plan;
  private boolean over;

  /** A session without a database yet. */
  public Session(Settings settings, Console console, Interrupts interrupts) {
    this.settings = settings;
    this.console = console;
    this.interrupts = interrupts;
    this.tokens = new ArrayDeque<>(settings.tokens());
  }

  /** Opens a database in place of the one that is open. */
  public void open(String named) {
    open(
        named,
        new SqliteDatabase.Options(
            settings.create(), settings.readOnly(), settings.live(), settings.busyTimeoutMillis()));
  }

  /** Opens one so that nothing can be written to it. */
  void openReading(String named) {
    open(named, new SqliteDatabase.Options(false, true, false, settings.busyTimeoutMillis()));
  }

  /** A session of its own on a copy of the database, which may be written to. */
  Session on(Snapshot copy) {
    return onPlace(copy.location());
  }

  /** A session of its own on a file that may be written to, without plans or tokens of this one. */
  Session on(Path file) {
    return onPlace("sqlite:" + file);
  }

  private Session onPlace(String location) {
    Session other = new Session(settings, console, interrupts);
    other.open(
        location, new SqliteDatabase.Options(false, false, false, settings.busyTimeoutMillis()));
    return other;
  }

  private void open(String named, SqliteDatabase.Options options) {
    if (inTransaction()) {
      throw CairnException.refused("open-transaction", "a transaction is open")
          .hint("COMMIT or ROLLBACK first");
    }
    Database next = Databases.open(named, options);
    close();
    database = next;
    plan = null;
  }

  /** The open database. Fails with exit 2 where there is none. */
  public Database database() {
    if (database == null) {
      throw CairnException.usage("no database is open").hint("`open FILE`, or start `cairn FILE`");
    }
    return database;
  }

  /** Whether a database is open. */
  public boolean hasDatabase() {
    return database != null;
  }

  /** The conversation with the engine for typed SQL. */
  StatementSession statements() {
    if (statements == null) {
      statements = database().session();
    }
    return statements;
  }

  /** What that conversation says of its last statement. */
  SessionCounters counters() {
    if (counters == null) {
      counters = new SessionCounters(statements(), database().dialect());
    }
    return counters;
  }

  /** What journals the statements that run at once in that conversation. */
  TypedSeries series() {
    if (series == null) {
      series = new TypedSeries(statements(), counters(), database().dialect(), Clock.systemUTC());
    }
    return series;
  }

  /** Whether the person has a transaction open. */
  public boolean inTransaction() {
    return statements != null && statements.inTransaction();
  }

  /** Takes back what is open; true where something was. */
  public boolean rollback() {
    boolean open = inTransaction();
    if (open) {
      series().forget();
      statements.rollback();
    }
    return open;
  }

  /** The runs of the open database. */
  Journal journal() {
    return new Journal(database(), Clock.systemUTC(), ProcessIdentity.current());
  }

  /** The plan that {@code apply} would run. */
  public Optional<Measured> plan() {
    return Optional.ofNullable(plan);
  }

  void plan(Measured current) {
    plan = current;
  }

  /** The next token that was given for an apply. */
  Optional<String> nextToken() {
    return Optional.ofNullable(tokens.poll());
  }

  /** Lets the next apply go on, as a token given with {@code --plan} does. */
  void approve(Token token) {
    tokens.add(token.text());
  }

  /** Whether another token waits. */
  boolean hasToken() {
    return !tokens.isEmpty();
  }

  public Settings settings() {
    return settings;
  }

  void settings(Settings changed) {
    settings = changed;
  }

  public Console console() {
    return console;
  }

  public Interrupts interrupts() {
    return interrupts;
  }

  /** The names of the plans that {@code plan migrate} can read. */
  public List<String> planNames() {
    return planFiles().names();
  }

  PlanFiles planFiles() {
    return PlanFiles.in(settings.plansFolder());
  }

  Output output() {
    return new Output(console, settings, lastResult);
  }

  /** What the line before left behind. */
  LastResult lastResult() {
    return lastResult;
  }

  /** What the script at work expects to stay as it is. */
  UnchangedTables unchanged() {
    return unchanged;
  }

  void unchanged(UnchangedTables tables) {
    unchanged = tables;
  }

  /** The SQL that is spoken here. */
  public Flavour flavour() {
    return database == null ? Flavour.SQLITE : database.dialect().flavour();
  }

  /** Lets the session end after the line at hand. */
  void quit() {
    over = true;
  }

  /** Whether {@code quit} was said. */
  public boolean isOver() {
    return over;
  }

  /** Fails where a signal asked to stop. */
  void refuseAfterSignal() {
    if (interrupts.stopRequested()) {
      ExitCode how = interrupts.exit();
      throw CairnException.of(
          how, "interrupted", how == ExitCode.INTERRUPTED ? "interrupted" : "terminated");
    }
  }

  @Override
  public void close() {
    if (statements != null) {
      statements.close();
      statements = null;
      series = null;
      counters = null;
    }
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
