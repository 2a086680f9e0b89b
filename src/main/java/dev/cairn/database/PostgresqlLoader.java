package dev.cairn.database;

import dev.cairn.dialect.QuotedName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;

/**
 * Makes tables in a PostgreSQL database and fills them by COPY, all in one transaction: they are
 * there when {@link #finish} returns, and nothing is where {@link #close} comes without it.
 * Whatever the server refuses comes as an {@link IOException}.
 */
public final class PostgresqlLoader implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofMinutes(30);
  private static final int LOCK_MILLIS = 5_000;
  private static final int SENT_AT_A_TIME = 64 * 1024;

  private final Connection connection;

  private PostgresqlLoader(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects, and begins.
   *
   * @param url the database's address, as a person writes it
   */
  public static PostgresqlLoader open(String url) throws IOException {
    Map<String, String> environment = System.getenv();
    PostgresqlAddress address = PostgresqlAddress.of(url, environment);
    try {
      Connection connection =
          new PostgresqlConnector(address, environment, LOCK_MILLIS).connect(ANSWER, false);
      connection.setAutoCommit(false);
      return new PostgresqlLoader(connection);
    } catch (SQLException error) {
      throw PostgresqlErrors.connecting(error, address);
    }
  }

  /** Runs a statement that yields no rows. */
  public void execute(String sql) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException error) {
      throw refusal(error);
    }
  }

  /**
   * Copies all rows into a table and returns their number; a value is what its text means to the
   * column (numbers, UUIDs, moments, texts), or null.
   */
  public long copy(String table, List<String> columns, Iterator<Object[]> rows) throws IOException {
    String sql =
        "COPY %s (%s) FROM STDIN"
            .formatted(
                QuotedName.of(table),
                columns.stream().map(QuotedName::of).collect(Collectors.joining(", ")));
    try {
      CopyIn copy = connection.unwrap(BaseConnection.class).getCopyAPI().copyIn(sql);
      try {
        StringBuilder text = new StringBuilder();
        while (rows.hasNext()) {
          row(rows.next(), text);
          if (text.length() >= SENT_AT_A_TIME || !rows.hasNext()) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            text.setLength(0);
          }
        }
        return copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException error) {
      throw refusal(error);
    }
  }

  /** Makes it all durable, and seen. */
  public void finish() throws IOException {
    try {
      connection.commit();
    } catch (SQLException error) {
      throw refusal(error);
    }
  }

  /** Ends the writing; what was not finished never was. */
  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException error) {
      throw refusal(error);
    }
  }

  /** COPY's text format: a tab between values, what would end one escaped. */
  private static void row(Object[] values, StringBuilder text) {
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : "\t");
      Object value = values[i];
      if (value == null) {
        text.append("\\N");
        continue;
      }
      String plain = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      for (int at = 0; at < plain.length(); at++) {
        char c = plain.charAt(at);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          default -> text.append(c);
        }
      }
    }
    text.append('\n');
  }

  private static IOException refusal(SQLException cause) {
    return new IOException("PostgreSQL: " + cause.getMessage(), cause);
  }
}
