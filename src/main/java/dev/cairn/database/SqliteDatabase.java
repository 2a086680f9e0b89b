package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** A SQLite file. Each batch, view and session has its own connection, so none disturbs another. */
public final class SqliteDatabase implements Database {
  private static final String ASIDE = ".snapshots";
  private static final SqlFragment DATA_VERSION = SqlFragment.of("PRAGMA data_version");

  private final Path path;
  private final Options options;
  private final Object fileKey;
  private final SqliteDialect dialect = new SqliteDialect();
  private SqliteConnection batches;

  /**
   * How to open it.
   *
   * @param create whether a missing file is made
   * @param readOnly whether nothing may be written
   * @param live whether changes need an approval of their own
   * @param busyTimeoutMillis how long a lock of somebody else is waited for, in milliseconds
   */
  public record Options(boolean create, boolean readOnly, boolean live, int busyTimeoutMillis) {

    /** The same for a database that is only read. */
    Options toRead() {
      return new Options(false, true, live, busyTimeoutMillis);
    }
  }

  private SqliteDatabase(Path path, Options options) throws IOException {
    this.path = path;
    this.options = options;
    this.fileKey = fileKey(path);
  }

  /** Opens a file. Fails with exit 1 and the reason where it is no SQLite database. */
  public static SqliteDatabase open(Path file, Options options) {
    try {
      prepare(file, options);
      SqliteDatabase database = new SqliteDatabase(file.toRealPath(), options);
      try (ReadView view = database.view()) {
        view.rows(SqlFragment.of("SELECT count(*) FROM sqlite_schema"));
      }
      return database;
    } catch (IOException error) {
      throw CairnException.failed("cannot-open", "can't open " + file + ": " + error.getMessage())
          .causedBy(error);
    }
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  /** The file. */
  public Path path() {
    return path;
  }

  @Override
  public String identity() {
    return "sqlite:" + path;
  }

  @Override
  public String location() {
    return path.toString();
  }

  @Override
  public boolean live() {
    return options.live();
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
    return view(Optional.empty());
  }

  @Override
  public ReadView view(Optional<Beside> beside) {
    SqliteConnection connection = connect(false);
    try {
      if (beside.isPresent()) {
        SqliteBeside.attach(connection, beside.get(), dialect);
      }
      return new SqliteView(connection);
    } catch (SQLException error) {
      connection.close();
      throw SqliteBeside.unreadable(beside.orElseThrow(), error);
    }
  }

  @Override
  public Path besideFile(String table) {
    return path;
  }

  /** SQLite attaches only files of one encoding; in UTF-16 texts are in another order. */
  @Override
  public Optional<ReadView> shared(Beside beside) {
    try {
      ReadView view = view(Optional.of(beside));
      if (view.row(SqlFragment.of("PRAGMA encoding")).get(0).equals("UTF-8")) {
        return Optional.of(view);
      }
      view.close();
      return Optional.empty();
    } catch (CairnException unreadable) {
      return Optional.empty(); // whoever reads it by itself will say why
    }
  }

  @Override
  public CopyableView copyableView() {
    return new SqliteView(connect(false));
  }

  /**
   * A view begins with its first read. A connection that reads nothing else sees in data_version
   * whether anybody committed while all of them began.
   */
  @Override
  public List<ReadView> viewsOfOneMoment(int wanted) {
    if (wanted < 2) {
      return List.of(view());
    }
    List<ReadView> views = new ArrayList<>();
    try (SqliteConnection witness = connect(false)) {
      Object before = witness.firstRow(DATA_VERSION).get(0);
      for (int i = 0; i < wanted; i++) {
        views.add(view());
        views.get(i).rows(SqlFragment.of("SELECT count(*) FROM sqlite_schema"));
      }
      Object after = witness.firstRow(DATA_VERSION).get(0);
      if (!before.equals(after)) {
        views.subList(1, wanted).forEach(ReadView::close);
        views.subList(1, wanted).clear();
      }
      return views;
    } catch (SQLException | RuntimeException error) {
      views.forEach(ReadView::close);
      throw error instanceof SQLException sql
          ? SqliteErrors.exception(sql)
          : (RuntimeException) error;
    }
  }

  @Override
  public int parallelReads() {
    return Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public BatchOutcome atomically(AtomicBatch batch) {
    synchronized (this) {
      if (batches == null) {
        batches = connect(true);
      }
    }
    return batch.beside().isEmpty()
        ? SqliteBatch.run(batches, batch)
        : SqliteBeside.during(
            batches, batch.beside().get(), dialect, () -> SqliteBatch.run(batches, batch));
  }

  @Override
  public StatementSession session() {
    return new SqliteSession(connect(!options.readOnly()));
  }

  @Override
  public void check(List<SqlFragment> queries) {
    try (ReadView view = view()) {
      for (SqlFragment query : queries) {
        try (RowStream rows = view.query(SqlFragment.of("EXPLAIN ").then(query))) {
          rows.next();
        }
      }
    }
  }

  @Override
  public Sharing sharing() {
    return OpenFiles.sharing(path);
  }

  @Override
  public long freeBytes() {
    return DurableFile.freeBytes(path);
  }

  @Override
  public void copySchema(Path file) {
    SqliteSchemaCopy.write(catalog().objects(), file);
  }

  @Override
  public void checkSound() {
    try (ReadView view = view()) {
      List<List<Object>> found = view.rows(SqlFragment.of("PRAGMA integrity_check(3)"));
      if (!found.equals(List.of(List.of("ok")))) {
        throw CairnException.failed("corrupt", name() + " is damaged: " + found);
      }
    }
  }

  @Override
  public Path snapshotFolder() {
    boolean aside = path.getParent().toString().endsWith(ASIDE);
    return aside ? path.getParent() : path.resolveSibling(path.getFileName() + ASIDE);
  }

  @Override
  public void checkStillThere() {
    Object now;
    try {
      now = fileKey(path);
    } catch (IOException gone) {
      now = null;
    }
    if (fileKey == null ? now != null : !fileKey.equals(now)) {
      throw CairnException.drift(
              "target-replaced", "the file " + path + " was moved, deleted or replaced while open")
          .hint("find out which file is the right one, then plan again");
    }
  }

  @Override
  public synchronized void cancel() {
    if (batches != null) {
      batches.cancel();
    }
  }

  @Override
  public synchronized void close() {
    if (batches != null) {
      batches.close();
      batches = null;
    }
  }

  private SqliteConnection connect(boolean writing) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(options.readOnly());
    if (!options.readOnly()) {
      config.resetOpenMode(SQLiteOpenMode.CREATE); // a mistyped path must not become a database
    }
    config.setOpenMode(SQLiteOpenMode.OPEN_URI); // a path may hold what a URL means otherwise
    config.setBusyTimeout(options.busyTimeoutMillis());
    config.enforceForeignKeys(true);
    config.enableLoadExtension(false);
    try {
      Connection connection =
          config.createConnection("jdbc:sqlite:file:" + path.toUri().getRawPath());
      SqliteConnection opened = new SqliteConnection(connection);
      if (!writing) {
        opened.execute("PRAGMA query_only = ON");
      }
      return opened;
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  private static void prepare(Path file, Options options) throws IOException {
    if (Files.notExists(file)) {
      if (!options.create()) {
        throw CairnException.failed("no-such-database", "there is no file " + file)
            .hint(nearby(file));
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else if (Files.isDirectory(file)) {
      throw CairnException.failed("cannot-open", file + " is a folder, not a database file");
    } else if (!Files.isRegularFile(file)) {
      throw CairnException.failed("cannot-open", file + " is no regular file");
    } else if (!Files.isReadable(file)) {
      throw CairnException.failed("cannot-open", file + " may not be read");
    }
  }

  private static String nearby(Path file) {
    String named = file.toString();
    if (named.matches("[A-Za-z0-9.-]+(\\.turso\\.io|:[0-9]{2,5})")) {
      return "a database on a server is named libsql://HOST or http://HOST:PORT";
    }
    Path folder = file.toAbsolutePath().getParent();
    List<String> names = new ArrayList<>();
    if (folder != null && Files.isDirectory(folder)) {
      try (var list = Files.list(folder)) {
        list.filter(Files::isRegularFile)
            .limit(2000)
            .forEach(f -> names.add(f.getFileName().toString()));
      } catch (IOException unreadable) {
        names.clear();
      }
    }
    return Catalog.nearest(file.getFileName().toString(), names)
        .map(near -> "did you mean " + near + "? `--create` makes a new database")
        .orElse("`--create` makes a new database");
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
  }
}
