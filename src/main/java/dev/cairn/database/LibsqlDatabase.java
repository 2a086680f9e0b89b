package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A database on a libSQL server (sqld, Turso), spoken to by Hrana over HTTP. */
public final class LibsqlDatabase implements Database {
  private final LibsqlAddress address;
  private final SqliteDatabase.Options options;
  private final boolean live;
  private final SqliteDialect dialect = new SqliteDialect(false);
  private final HranaClient batches;
  private final HranaClient reads;
  private final Duration patience;
  private final Backoff readAgain;
  private final Optional<ServerCopies> copies;
  private final WrittenIndex written;

  private LibsqlDatabase(
      LibsqlAddress address, Optional<String> token, SqliteDatabase.Options options, boolean live) {
    ServerPatience waits = ServerPatience.of(options.busyTimeoutMillis());
    this.address = address;
    this.live = live;
    this.options = options;
    this.batches = new HranaClient(address, token, waits.batch());
    this.reads = new HranaClient(address, token, waits.read());
    this.patience = waits.again();
    this.readAgain = new Backoff(patience);
    this.copies = CopyPlaces.here().of(address);
    this.written = new WrittenIndex(new HranaClient(address, token, WrittenIndex.CATCH_UP));
  }

  /**
   * Opens one. Fails with exit 1 where the server says no, 6 where it can't be reached, 2 where the
   * token would go over the wire for all to read.
   *
   * @param named one of the forms of {@link LibsqlAddress}
   */
  static LibsqlDatabase open(String named, LibsqlTokens tokens, SqliteDatabase.Options options) {
    LibsqlAddress address = LibsqlAddress.of(named);
    Optional<String> token = tokens.of(address);
    if (token.isPresent() && !address.guarded()) {
      throw CairnException.usage("a token would be sent to " + address.place() + " without TLS")
          .hint("use https:// or libsql://");
    }
    boolean isLive = options.live() || !tokens.places().saysNotLive(address);
    LibsqlDatabase database = new LibsqlDatabase(address, token, options, isLive);
    // A wrong name is no hindrance that passes: it is said at once.
    try (ReadView view = LibsqlView.alone(new HranaStream(database.reads))) {
      view.rows(SqlFragment.of("SELECT count(*) FROM sqlite_schema"));
    }
    return database;
  }

  @Override
  public String name() {
    return address.name();
  }

  @Override
  public String identity() {
    return "libsql:" + address.place();
  }

  @Override
  public String location() {
    return address.url();
  }

  @Override
  public Optional<ServerCopies> serverCopies() {
    return copies;
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
      return SqliteCatalogReader.read(view);
    }
  }

  @Override
  public ReadView view() {
    return LibsqlView.alone(HranaStream.reading(reads, readAgain));
  }

  @Override
  public ReadView view(Optional<Beside> beside) {
    return beside.map(other -> LibsqlBesideView.open(view(), other)).orElseGet(this::view);
  }

  @Override
  public boolean batchesRead(Beside beside) {
    return false;
  }

  @Override
  public Path besideFile(String table) {
    try (ReadView view = view()) {
      return LibsqlBesideView.copy(view, table);
    }
  }

  @Override
  public CopyableView copyableView() {
    return new LibsqlDump(LibsqlView.alone(new HranaStream(reads)), dialect);
  }

  @Override
  public Optional<Database> replica() {
    Optional<LibsqlAddress> place = CopyPlaces.here().replica(address);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    LibsqlTokens tokens = LibsqlTokens.here();
    Optional<String> token = tokens.of(place.get());
    OptionalLong index = written.now();
    boolean asked = token.isEmpty() || place.get().guarded(); // else opening it says why not
    HranaClient there = new HranaClient(place.get(), token, WrittenIndex.CATCH_UP);
    if (asked && (index.isEmpty() || !new WrittenIndex(there).hasReached(index.getAsLong()))) {
      return Optional.empty();
    }
    LibsqlDatabase replica = open(place.get().url(), tokens, options.toRead());
    if (!replica.catalog().fingerprint().equals(catalog().fingerprint())) {
      replica.close();
      throw CairnException.refused(
              "not-a-replica", place.get().place() + " has another schema than " + address.place())
          .hint("correct the file `replicas` (docs/turso.md)");
    }
    return Optional.of(replica);
  }

  /** One: a witness of what others commit meanwhile costs round trips of its own. */
  @Override
  public List<ReadView> viewsOfOneMoment(int wanted) {
    return List.of(view());
  }

  @Override
  public int parallelReads() {
    return 4;
  }

  @Override
  public BatchOutcome atomically(AtomicBatch batch) {
    return options.readOnly()
        ? new RolledBack(Reason.READ_ONLY, -1, "it was opened so that nothing is written")
        : LibsqlBatch.run(batches, batch);
  }

  @Override
  public StatementSession session() {
    return new LibsqlSession(reads, patience, options.readOnly());
  }

  @Override
  public void check(List<SqlFragment> queries) {
    List<ObjectNode> requests = new ArrayList<>();
    queries.forEach(query -> requests.add(HranaStatement.describe(query.sql())));
    requests.add(HranaStatement.request("close"));
    HranaStream stream = HranaStream.reading(reads, readAgain);
    try {
      List<JsonNode> answers = stream.pipeline(requests);
      for (int i = 0; i < queries.size(); i++) {
        HranaStream.response(answers.get(i));
      }
    } catch (HranaException error) {
      throw LibsqlErrors.exception(error);
    } finally {
      stream.leave();
    }
  }

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
    return LibsqlTokens.here().folderFor("snapshots").resolve(address.place().replace('/', '_'));
  }

  @Override
  public void copySchema(Path file) {
    SqliteSchemaCopy.write(catalog().objects(), file);
  }

  @Override
  public void checkSound() {
    try (ReadView view = view()) {
      List<List<Object>> found =
          view.rows(SqlFragment.of("SELECT * FROM pragma_integrity_check(3)"));
      if (!found.equals(List.of(List.of("ok")))) {
        throw CairnException.failed("corrupt", name() + " is damaged: " + found);
      }
    }
  }

  @Override
  public Duration patience() {
    return patience;
  }

  /** Each request names the database anew; one in its place has no run for the fence to find. */
  @Override
  public void checkStillThere() {}

  @Override
  public void cancel() {
    batches.cancel();
  }

  /** The server takes back within 40 ms what a dropped request has done so far. */
  @Override
  public void hasten() {
    batches.cancel();
  }

  @Override
  public void close() {
    batches.cancel();
    reads.cancel();
  }
}
