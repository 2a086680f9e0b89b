package dev.cairn.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Makes connections to one database: each with limits to all that it waits for. */
final class PostgresqlConnector {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** So much longer the line is waited for than the server may take: its own word comes first. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  /**
   * Values travel as their texts, which must be the same on every connection, so that what one has
   * read another can bind, and a plan's token doesn't hang on the machine that makes it.
   */
  private static final String SETTINGS =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
          + " SET extra_float_digits = 3; SET bytea_output = 'hex';"
          + " SET xmloption = 'content'; SET standard_conforming_strings = on;"
          + " SET default_transaction_isolation = 'read committed';"
          + " SET jit = off;" // a look at the catalog took a second with it, and 30 ms without
          + " SET statement_timeout = %d; SET lock_timeout = %d";

  private final PostgresqlAddress address;
  private final Map<String, String> environment;
  private final int lockMillis;

  /**
   * @param lockMillis how long a lock of somebody else is waited for, in milliseconds
   */
  PostgresqlConnector(PostgresqlAddress address, Map<String, String> environment, int lockMillis) {
    this.address = address;
    this.environment = environment;
    this.lockMillis = Math.max(1, lockMillis); // 0 would be for ever
  }

  /**
   * Connects.
   *
   * @param answer how long a statement may take
   * @param readOnly whether transactions begin so that they can't write
   */
  PostgresqlConnection open(Duration answer, boolean readOnly) throws SQLException {
    return new PostgresqlConnection(connect(answer, readOnly));
  }

  /** The same, bare. */
  Connection connect(Duration answer, boolean readOnly) throws SQLException {
    Connection connection = new Driver().connect(address.driverUrl(), properties(answer));
    try (Statement statement = connection.createStatement()) {
      String readOnlySetting = readOnly ? "; SET default_transaction_read_only = on" : "";
      statement.execute(SETTINGS.formatted(answer.toMillis(), lockMillis) + readOnlySetting);
    } catch (SQLException error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  private Properties properties(Duration answer) {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    // Said even where there is none: else the driver looks for one in files of its own.
    PGProperty.PASSWORD.set(properties, new PostgresqlSecrets(environment).of(address).orElse(""));
    PGProperty.APPLICATION_NAME.set(properties, "cairn");
    PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
    PGProperty.LOGIN_TIMEOUT.set(properties, (int) CONNECT.plus(SLACK).toSeconds());
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) answer.plus(SLACK).toSeconds());
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.STRING_TYPE.set(properties, "unspecified");
    PGProperty.BINARY_TRANSFER.set(properties, false);
    PGProperty.PREPARE_THRESHOLD.set(properties, 0); // poolers and changed tables break kept ones
    PGProperty.SSL_MODE.set(properties, sslMode());
    fromEnvironment(properties, PGProperty.SSL_ROOT_CERT, "PGSSLROOTCERT");
    fromEnvironment(properties, PGProperty.SSL_CERT, "PGSSLCERT");
    fromEnvironment(properties, PGProperty.SSL_KEY, "PGSSLKEY");
    address.settings().forEach(properties::setProperty);
    return properties;
  }

  /** Over a line that others share nothing goes in clear unless a person has said so. */
  private String sslMode() {
    return Optional.ofNullable(environment.get("PGSSLMODE"))
        .filter(mode -> !mode.isBlank())
        .orElse(address.isHere() ? "prefer" : "require");
  }

  private void fromEnvironment(Properties properties, PGProperty property, String variable) {
    String value = environment.get(variable);
    if (value != null && !value.isBlank()) {
      property.set(properties, value);
    }
  }
}
