package dev.cairn.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgResultSet;

/**
 * A result as a stream. Whole numbers come as Long, real ones as Double, numerics as BigDecimal
 * with their scale, truth values as Boolean, bytea as bytes; everything else, and a numeric that is
 * no number, as the text that PostgreSQL writes it in, which a cast to its type reads again.
 */
final class PostgresqlRows implements RowStream {
  private final Statement statement;
  private final ResultSet result;
  private final PostgresqlConnection connection;
  private final List<String> columns = new ArrayList<>();
  private final int[] types;
  private final long changed;
  private long read;

  /**
   * @param result null for a statement that yields no rows
   */
  PostgresqlRows(Statement statement, ResultSet result, PostgresqlConnection connection)
      throws SQLException {
    this.statement = statement;
    this.result = result;
    this.connection = connection;
    this.changed = result == null ? Math.max(0, statement.getLargeUpdateCount()) : -1;
    ResultSetMetaData meta = result == null ? null : result.getMetaData();
    this.types = new int[meta == null ? 0 : meta.getColumnCount()];
    for (int i = 0; i < types.length; i++) {
      columns.add(meta.getColumnLabel(i + 1));
      types[i] = result.unwrap(PgResultSet.class).getColumnOID(i + 1);
    }
  }

  /** How many rows a statement without rows of its own changed; -1 for one that yields rows. */
  long changed() {
    return changed;
  }

  /** How many rows were read so far. */
  long read() {
    return read;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    try {
      boolean more = result != null && result.next();
      read += more ? 1 : 0;
      return more;
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }

  @Override
  public Object value(int column) {
    try {
      String text = result.getString(column + 1);
      return text == null ? null : value(types[column], text);
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }

  private static Object value(int type, String text) {
    return switch (type) {
      case Oid.INT2, Oid.INT4, Oid.INT8, Oid.OID -> Long.valueOf(text);
      case Oid.FLOAT4 -> (double) Float.parseFloat(text); // the very number, not its short text
      case Oid.FLOAT8 -> Double.valueOf(text);
      case Oid.BOOL -> text.equals("t");
      case Oid.BYTEA -> bytes(text);
      case Oid.NUMERIC ->
          Character.isLetter(text.charAt(text.length() - 1))
              ? text // NaN, Infinity
              : new BigDecimal(text);
      default -> text;
    };
  }

  private static byte[] bytes(String text) {
    return text.startsWith("\\x")
        ? HexFormat.of().parseHex(text, 2, text.length())
        : text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    connection.done();
    try {
      statement.close();
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }
}
