package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A database on a PostgreSQL server. Each batch at work, view and session has its own connection.
 */
public final class PostgresqlDatabase implements Database {
  private static final SqlFragment WHO =
      SqlFragment.of(
          "SELECT oid, coalesce(current_schema(), '') FROM pg_database"
              + " WHERE datname = current_database()");
  private static final SqlFragment SYSTEM =
      SqlFragment.of("SELECT system_identifier FROM pg_control_system()");

  /** How long the server may take to copy. */
  private static final Duration COPYING = Duration.ofHours(6);

  /** Of a batch: whoever comes behind one that waits for a lock waits with it. */
  private static final int LONGEST_FOR_A_LOCK = 1_000;

  private final PostgresqlAddress address;
  private final SqliteDatabase.Options options;
  private final boolean live;
  private final PostgresqlConnector connector;
  private final int lockMillis;
  private final ServerPatience waits;
  private final ConfiguredPlaces places;
  private final Backoff readAgain;
  private final Map<String, String> environment;
  private final List<PostgresqlSession> sessions = new CopyOnWriteArrayList<>();
  private volatile boolean opened;
  private String number = "";
  private PostgresqlDialect dialect = new PostgresqlDialect();
  private final PostgresqlPool batches;

  private PostgresqlDatabase(
      PostgresqlAddress address, Map<String, String> environment, SqliteDatabase.Options options) {
    this.address = address;
    this.environment = environment;
    this.options = options;
    this.lockMillis = Math.max(1, Math.min(LONGEST_FOR_A_LOCK, options.busyTimeoutMillis()));
    this.waits = ServerPatience.of(options.busyTimeoutMillis());
    this.places = new ConfiguredPlaces(environment);
    this.readAgain = new Backoff(waits.again());
    this.live = options.live() || !places.saysNotLive(address.place(), address.server());
    this.connector = new PostgresqlConnector(address, environment, options.busyTimeoutMillis());
    this.batches = new PostgresqlPool(() -> connector.open(waits.batch(), false));
  }

  /**
   * Opens one. Fails with exit 1 where the server says no, 6 where it can't be reached.
   *
   * @param named one of the forms of {@link PostgresqlAddress}
   * @param environment where secrets and what the name leaves out come from
   */
  static PostgresqlDatabase open(
      String named, Map<String, String> environment, SqliteDatabase.Options options) {
    PostgresqlDatabase database =
        new PostgresqlDatabase(PostgresqlAddress.of(named, environment), environment, options);
    try (ReadView view = database.view()) {
      List<Object> who = view.row(WHO);
      database.number = numberOf(view, who);
      if (!who.get(1).toString().isEmpty()) {
        database.dialect = new PostgresqlDialect(who.get(1).toString());
      }
    }
    database.opened = true;
    return database;
  }

  @Override
  public String name() {
    return address.database();
  }

  /**
   * By the server's own number, where a role may see it, and the database's, beside the address: a
   * copy of the whole server bears the same numbers.
   */
  @Override
  public String identity() {
    String copied =
        dialect.mainSchema().startsWith(PostgresqlDialect.COPIES) ? "/" + dialect.mainSchema() : "";
    return "postgresql:" + address.place() + copied + "#" + number;
  }

  @Override
  public String location() {
    return address.url();
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public boolean readOnly() {
    return options.readOnly();
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public Catalog catalog() {
    try (ReadView view = view()) {
      return PostgresqlCatalogReader.read(view);
    }
  }

  @Override
  public ReadView view() {
    PostgresqlConnection connection = connect(waits.read(), true);
    return PostgresqlView.begin(connection, connection::close);
  }

  @Override
  public ReadView view(Optional<Beside> beside) {
    if (beside.isEmpty()) {
      return view();
    }
    PostgresqlBeside other = new PostgresqlBeside(beside.get(), environment, options);
    if (other.isHere()) {
      ReadView view = view();
      return other.checked(view);
    }
    PostgresqlConnection connection = connect(waits.read(), false);
    other.bring(connection);
    return PostgresqlView.begin(connection, connection::close);
  }

  @Override
  public boolean batchesRead(Beside beside) {
    return new PostgresqlBeside(beside, environment, options).isHere();
  }

  @Override
  public Optional<Beside> besideOf(String other, String table) {
    return Optional.of(PostgresqlBeside.of(other, table, address, environment));
  }

  @Override
  public Path besideFile(String table) {
    throw noneBeside();
  }

  @Override
  public CopyableView copyableView() {
    throw noSnapshots();
  }

  /** The first exports its moment, the others take it over: nothing can come between. */
  @Override
  public List<ReadView> viewsOfOneMoment(int wanted) {
    if (wanted < 2) {
      return List.of(view());
    }
    List<ReadView> views = new ArrayList<>();
    List<String> moment = new ArrayList<>();
    try {
      PostgresqlConnection first = connect(waits.read(), true);
      views.add(PostgresqlView.exporting(first, moment::add, first::close));
      for (int i = 1; !moment.isEmpty() && i < wanted; i++) {
        PostgresqlConnection next = connect(waits.read(), true);
        views.add(PostgresqlView.of(moment.get(0), next, next::close));
      }
      return views;
    } catch (RuntimeException error) {
      views.forEach(ReadView::close);
      throw error;
    }
  }

  @Override
  public int parallelReads() {
    return 4;
  }

  @Override
  public BatchOutcome atomically(AtomicBatch batch) {
    if (options.readOnly()) {
      return new RolledBack(Reason.READ_ONLY, -1, "it was opened so that nothing is written");
    }
    PostgresqlConnection connection;
    try {
      connection = batches.take();
    } catch (SQLException error) {
      return new RolledBack(
          PostgresqlErrors.reason(error, false), -1, PostgresqlErrors.message(error));
    }
    try {
      return PostgresqlBatch.run(connection, batch, lockMillis);
    } finally {
      batches.giveBack(connection);
    }
  }

  @Override
  public StatementSession session() {
    PostgresqlSession session =
        new PostgresqlSession(() -> connect(waits.read(), options.readOnly()), options.readOnly());
    sessions.add(session);
    return session;
  }

  @Override
  public Optional<ServerCopies> serverCopies() {
    return Optional.of(
        new PostgresqlCopies(
            address,
            at ->
                new PostgresqlConnector(at, environment, options.busyTimeoutMillis())
                    .open(COPYING, false),
            this::leave));
  }

  /** Ends the connections that are not at work; the next question makes them anew. */
  private Optional<String> leave() {
    boolean left = sessions.stream().allMatch(PostgresqlSession::rest);
    batches.leave();
    return left
        ? Optional.empty()
        : Optional.of("what was typed here has a transaction or settings of its own open");
  }

  @Override
  public void check(List<SqlFragment> queries) {
    try (PostgresqlConnection connection = connect(waits.read(), true)) {
      for (SqlFragment query : queries) {
        connection.describe(query);
      }
    } catch (SQLException error) {
      throw PostgresqlErrors.exception(error, false);
    }
  }

  /** Its rows' locks are waited for in a queue. */
  @Override
  public boolean writersQueue() {
    return true;
  }

  @Override
  public Sharing sharing() {
    return Sharing.UNSEEN;
  }

  @Override
  public long freeBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public Path snapshotFolder() {
    return places
        .folder("XDG_STATE_HOME", ".local/state")
        .orElse(Path.of(".cairn"))
        .resolve("snapshots")
        .resolve(address.place().replaceAll("[^A-Za-z0-9._-]", "_"));
  }

  @Override
  public void copySchema(Path file) {
    throw CairnException.refused(
        "not-on-postgresql", "a PostgreSQL database's schema can't be tried in a file");
  }

  /**
   * What can be asked of a server from outside: whether it checks its pages' sums, and has met a
   * bad one. Only pg_amcheck and a restored backup prove more.
   */
  @Override
  public void checkSound() {
    try (ReadView view = view()) {
      List<Object> found =
          view.row(
              SqlFragment.of(
                  "SELECT current_setting('data_checksums'), coalesce(checksum_failures, 0)"
                      + " FROM pg_stat_database WHERE datname = current_database()"));
      if (!found.get(1).equals(0L)) {
        throw CairnException.failed(
                "corrupt", name() + " is damaged: " + found.get(1) + " pages had a wrong sum")
            .hint("run pg_amcheck on it, and see the server's log");
      }
    }
  }

  @Override
  public Duration patience() {
    return waits.again();
  }

  @Override
  public Optional<Neighbours> neighbours() {
    return Optional.of(new PostgresqlNeighbours(() -> connect(waits.batch(), true), batches::pids));
  }

  @Override
  public void checkStillThere() {
    if (batches.isKnown()) {
      return;
    }
    batches.known(true);
    try {
      compareNumbers();
    } catch (RuntimeException error) {
      batches.known(false);
      throw error;
    }
  }

  private void compareNumbers() {
    String now;
    try (ReadView view = view()) {
      now = numberOf(view, view.row(WHO));
    }
    if (!now.equals(number)) {
      throw CairnException.drift(
              "target-replaced", "another database is now at " + address.place() + " than before")
          .hint("find out which is the right one, then plan again");
    }
  }

  @Override
  public void cancel() {
    batches.cancel();
  }

  /** What was done so far is taken back. */
  @Override
  public void hasten() {
    cancel();
  }

  @Override
  public void close() {
    opened = false;
    batches.close();
  }

  /** Tried again while it may pass; not before it was there once, as the name may be wrong. */
  private PostgresqlConnection connect(Duration answer, boolean readOnly) {
    while (true) {
      try {
        PostgresqlConnection connection = connector.open(answer, readOnly);
        readAgain.succeeded();
        return connection;
      } catch (SQLException error) {
        boolean mayPass = opened && PostgresqlErrors.reason(error, false).mayPass();
        if (!mayPass || !readAgain.again(() -> !opened)) {
          throw PostgresqlErrors.connecting(error, address);
        }
      }
    }
  }

  private static String numberOf(ReadView view, List<Object> who) {
    try {
      return view.number(SYSTEM) + "." + who.get(0);
    } catch (CairnException hidden) {
      if (!hidden.code().equals("sql")) {
        throw hidden; // not that the role may not see it
      }
      return Objects.toString(who.get(0));
    }
  }

  private static CairnException noneBeside() {
    return CairnException.refused(
            "not-on-postgresql",
            "rows of a PostgreSQL database can't be put back into a database of another engine")
        .hint("`diff` compares them; bring the rows into a table of the same database first");
  }

  private static CairnException noSnapshots() {
    return CairnException.refused(
            "not-on-postgresql", "this version of Cairn makes no snapshot of a PostgreSQL database")
        .hint("make one with pg_dump, or with CREATE DATABASE … TEMPLATE");
  }
}
