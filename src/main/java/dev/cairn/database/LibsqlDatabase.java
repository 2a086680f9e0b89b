package dev.cairn.database;

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
import java.util.List;
import java.util.Optional;

/** A database on a libSQL server (sqld, Turso), spoken to by Hrana over HTTP. */
public final class LibsqlDatabase implements Database {
  /** A batch aims at 1 s; what runs for a minute will not end well. */
  private static final Duration BATCH = Duration.ofSeconds(60);

  private static final Duration READ = Duration.ofMinutes(10);

  private final LibsqlAddress address;
  private final boolean readOnly;
  private final boolean live;
  private final SqliteDialect dialect = new SqliteDialect(false);
  private final HranaClient batches;
  private final HranaClient reads;
  private final Optional<ServerCopies> copies;

  private LibsqlDatabase(
      LibsqlAddress address, Optional<String> token, boolean readOnly, boolean live) {
    this.address = address;
    this.readOnly = readOnly;
    this.live = live;
    this.batches = new HranaClient(address, token, BATCH);
    this.reads = new HranaClient(address, token, READ);
    this.copies = CopyPlaces.here().of(address);
  }

  /**
   * Opens one. Fails with exit 1 where the server says no, 6 where it can't be reached, 2 where the
   * token would go over the wire for all to read.
   *
   * @param named one of the forms of {@link LibsqlAddress}
   * @param live whether it is to be treated as live even where the configuration says otherwise
   */
  static LibsqlDatabase open(String named, LibsqlTokens tokens, boolean readOnly, boolean live) {
    LibsqlAddress address = LibsqlAddress.of(named);
    Optional<String> token = tokens.of(address);
    if (token.isPresent() && !address.guarded()) {
      throw CairnException.usage("a token would be sent to " + address.place() + " without TLS")
          .hint("use https:// or libsql://");
    }
    boolean isLive = live || !tokens.places().saysNotLive(address);
    LibsqlDatabase database = new LibsqlDatabase(address, token, readOnly, isLive);
    try (ReadView view = database.view()) {
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
    return readOnly;
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
    return LibsqlView.alone(new HranaStream(reads));
  }

  @Override
  public ReadView view(Optional<Beside> beside) {
    return beside.map(other -> LibsqlBesideView.open(view(), other)).orElseGet(this::view);
  }

  @Override
  public boolean batchesReadBeside() {
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
    return readOnly
        ? new RolledBack(Reason.READ_ONLY, -1, "it was opened so that nothing is written")
        : LibsqlBatch.run(batches, batch);
  }

  @Override
  public StatementSession session() {
    return new LibsqlSession(reads, readOnly);
  }

  @Override
  public void check(SqlFragment query) {
    ObjectNode body =
        HranaStatement.body(
            List.of(HranaStatement.describe(query.sql()), HranaStatement.request("close")));
    try {
      HranaStream.response(reads.pipeline(reads.base(), body).path("results").path(0));
    } catch (HranaException error) {
      throw LibsqlErrors.exception(error);
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

  /** Each request names the database anew; one in its place has no run for the fence to find. */
  @Override
  public void checkStillThere() {}

  @Override
  public void cancel() {
    batches.cancel();
  }

  @Override
  public void close() {
    batches.cancel();
    reads.cancel();
  }
}
