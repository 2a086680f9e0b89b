package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/** One SQLite connection with its prepared statements; everything JDBC ends here. */
final class SqliteConnection implements AutoCloseable {
  private static final int KEPT_STATEMENTS = 40;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared =
      new LinkedHashMap<>(KEPT_STATEMENTS, 0.75f, true);
  private volatile Statement running;

  SqliteConnection(Connection connection) {
    this.connection = connection;
  }

  /** Runs text that yields no rows and binds nothing. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement and gives its first row, or an empty list where it has none. */
  List<Object> firstRow(SqlFragment fragment) throws SQLException {
    PreparedStatement statement = prepare(fragment);
    running = statement;
    try {
      if (!statement.execute()) {
        return List.of();
      }
      try (ResultSet result = statement.getResultSet()) {
        return result.next() ? row(result) : List.of();
      }
    } finally {
      running = null;
    }
  }

  /** Runs a query on a statement of its own. */
  RowStream query(SqlFragment fragment) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(fragment.sql());
    try {
      bind(statement, fragment.binds());
      running = statement;
      boolean rows = statement.execute();
      return new JdbcRows(statement, rows ? statement.getResultSet() : null, () -> running = null);
    } catch (SQLException | RuntimeException error) {
      running = null;
      statement.close();
      throw error;
    }
  }

  /** Compiles a statement without running it. */
  void compile(String sql) throws SQLException {
    connection.prepareStatement(sql).close();
  }

  /**
   * Copies the database into an empty file, in one step: between steps another process's write
   * would make SQLite begin again. The read transaction that is open, if one is, is the moment
   * copied.
   */
  void backup(Path file) throws SQLException {
    DB engine = connection.unwrap(SQLiteConnection.class).getDatabase();
    int answer = engine.backup("main", file.toString(), null, 100, 50, -1);
    if (answer != SQLiteErrorCode.SQLITE_OK.code) {
      throw DB.newSQLException(answer, "the copy failed");
    }
    try (Connection copy =
            DriverManager.getConnection(
                "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=rw");
        Statement statement = copy.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE"); // a copy is one file: no log beside it
    }
  }

  void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException ended) {
        return; // it ended by itself meanwhile
      }
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  private PreparedStatement prepare(SqlFragment fragment) throws SQLException {
    PreparedStatement statement = prepared.get(fragment.sql());
    if (statement == null) {
      if (prepared.size() >= KEPT_STATEMENTS) {
        var eldest = prepared.entrySet().iterator();
        eldest.next().getValue().close();
        eldest.remove();
      }
      statement = connection.prepareStatement(fragment.sql());
      prepared.put(fragment.sql(), statement);
    }
    bind(statement, fragment.binds());
    return statement;
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof RawText) {
        throw new IllegalArgumentException("the driver would bind another text");
      }
      if (value instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  static List<Object> row(ResultSet result) throws SQLException {
    int width = result.getMetaData().getColumnCount();
    List<Object> row = new ArrayList<>(width);
    for (int i = 1; i <= width; i++) {
      row.add(value(result, i));
    }
    return row;
  }

  static Object value(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }

  /** A result set as a stream. */
  private static final class JdbcRows implements RowStream {
    private final Statement statement;
    private final ResultSet result;
    private final Runnable onClose;
    private final List<String> columns = new ArrayList<>();

    JdbcRows(Statement statement, ResultSet result, Runnable onClose) throws SQLException {
      this.statement = statement;
      this.result = result;
      this.onClose = onClose;
      if (result != null) {
        ResultSetMetaData meta = result.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          columns.add(meta.getColumnLabel(i));
        }
      }
    }

    @Override
    public List<String> columns() {
      return columns;
    }

    @Override
    public boolean next() {
      try {
        return result != null && result.next();
      } catch (SQLException error) {
        throw SqliteErrors.exception(error);
      }
    }

    @Override
    public Object value(int column) {
      try {
        return SqliteConnection.value(result, column + 1);
      } catch (SQLException error) {
        throw SqliteErrors.exception(error);
      }
    }

    /** The driver reads what is no UTF-8 as replacement characters. */
    @Override
    public Object exact(int column) {
      Object value = value(column);
      if (!(value instanceof String text) || text.indexOf('\uFFFD') < 0) {
        return value;
      }
      try {
        byte[] stored = result.getBytes(column + 1);
        boolean sound = Arrays.equals(stored, text.getBytes(StandardCharsets.UTF_8));
        return sound ? value : new RawText(stored);
      } catch (SQLException error) {
        throw SqliteErrors.exception(error);
      }
    }

    @Override
    public void close() {
      onClose.run();
      try {
        statement.close();
      } catch (SQLException error) {
        throw SqliteErrors.exception(error);
      }
    }
  }
}
