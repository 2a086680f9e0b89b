package dev.cairn.database;

import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Copies of a PostgreSQL database on its own server. Where nobody else is connected to it and the
 * role may make databases: all of it, by {@code CREATE DATABASE … TEMPLATE}, as a database of its
 * own. Else its tables as they are at one moment, in a schema of the same database.
 */
final class PostgresqlCopies implements ServerCopies {
  private static final String TEMPLATE = "template";
  private static final String PROTECTED = "default_transaction_read_only";

  /** PostgreSQL cuts a longer name. */
  private static final int LONGEST_NAME = 63;

  private static final int PREFIX = "cairn-".length();

  private final PostgresqlAddress address;
  private final Servers servers;
  private final Supplier<Optional<String>> leave;

  /** Connects to a database of the server, for statements that may take their time. */
  interface Servers {
    PostgresqlConnection open(PostgresqlAddress address) throws SQLException;
  }

  /**
   * @param leave ends what this process itself has open of the database, as nobody may be
   *     connected; gives why it can't
   */
  PostgresqlCopies(PostgresqlAddress address, Servers servers, Supplier<Optional<String>> leave) {
    this.address = address;
    this.servers = servers;
    this.leave = leave;
  }

  @Override
  public String intended(boolean whole) {
    Optional<String> hindered = template().hindered();
    if (hindered.isEmpty()) {
      return "a full copy (CREATE DATABASE … TEMPLATE; whoever connects meanwhile waits)";
    }
    if (whole) {
      throw noRehearsal(hindered.get());
    }
    return "a copy of the tables in a schema of the same database, so on the same disk (no database"
        + " of its own, as "
        + hindered.get()
        + ")";
  }

  @Override
  public boolean makes(String way) {
    return way.equals(TEMPLATE) || way.equals(ServerCopy.SCHEMA);
  }

  @Override
  public void checkAsked() {
    asking(connection -> null);
  }

  @Override
  public ServerCopy make(String name, boolean whole, BooleanSupplier stop) {
    PostgresqlTemplate template = template();
    Optional<String> hindered = template.hindered().or(() -> template.make(name, stop));
    if (hindered.isEmpty()) {
      Map<String, String> settings = address.settings();
      return copy(TEMPLATE, name, at(name, settings));
    }
    if (whole) {
      throw noRehearsal(hindered.get());
    }
    String schema = schema(name);
    try (PostgresqlConnection connection = servers.open(address)) {
      new PostgresqlTablesCopy(connection, schema, stop).make("made by Cairn: " + name);
    } catch (SQLException error) {
      throw PostgresqlErrors.connecting(error, address);
    }
    Map<String, String> settings = new TreeMap<>(address.settings());
    settings.put("currentSchema", schema);
    return copy(ServerCopy.SCHEMA, name, at(address.database(), settings));
  }

  private PostgresqlTemplate template() {
    return new PostgresqlTemplate(address, servers, leave);
  }

  private ServerCopy copy(String way, String name, PostgresqlAddress at) {
    try (Database opened = Databases.reading(at.url())) {
      String id = find(name).map(Found::id).orElse("");
      return new ServerCopy(way, name, at.url(), opened.identity(), id);
    }
  }

  private PostgresqlAddress at(String database, Map<String, String> settings) {
    return new PostgresqlAddress(
        address.host(), address.port(), database, address.user(), settings);
  }

  /** A copy of tables was made so that nobody can write to it. */
  @Override
  public void protect(String name) {
    if (database(name).isPresent()) {
      asking(
          connection -> {
            connection.execute(
                "ALTER DATABASE %s SET %s = on"
                    .formatted(PostgresqlTemplate.quote(name), PROTECTED));
            return null;
          });
    }
  }

  @Override
  public Optional<Found> find(String name) {
    return database(name).or(() -> tables(name));
  }

  private Optional<Found> database(String name) {
    return found(
        "database",
        new SqlFragment(
            "SELECT d.oid, NOT EXISTS (SELECT FROM pg_db_role_setting s WHERE s.setdatabase = d.oid"
                + " AND s.setrole = 0 AND ? = ANY (s.setconfig)) FROM pg_database d"
                + " WHERE d.datname = ?",
            List.of(PROTECTED + "=on", name)));
  }

  private Optional<Found> tables(String name) {
    return found(
        "schema",
        new SqlFragment(
            "SELECT n.oid, EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid"
                + " AND c.relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM pg_trigger t"
                + " WHERE t.tgrelid = c.oid AND t.tgname = ? AND t.tgenabled IN ('O', 'A')))"
                + " FROM pg_namespace n WHERE n.nspname = ?",
            List.of(PostgresqlTablesCopy.KEPT, schema(name))));
  }

  private Optional<Found> found(String kind, SqlFragment query) {
    return asking(
        connection -> {
          try (PostgresqlRows rows = connection.held(query, 0)) {
            return rows.next()
                ? Optional.of(
                    new Found(kind + " " + rows.value(0), Boolean.TRUE.equals(rows.value(1))))
                : Optional.empty();
          }
        });
  }

  /** What somebody else has put beside the copies, or rests on them, hinders it. */
  @Override
  public void drop(String name) {
    boolean database = database(name).isPresent();
    boolean schema = tables(name).isPresent();
    asking(
        connection -> {
          if (database) {
            connection.execute("DROP DATABASE " + PostgresqlTemplate.quote(name));
          }
          if (schema) {
            PostgresqlTablesCopy.drop(connection, schema(name));
          }
          return null;
        });
  }

  /** The schema for a copy of that name. */
  private static String schema(String name) {
    String plain = name.substring(PREFIX).replace('-', '_');
    int room = LONGEST_NAME - PostgresqlDialect.COPIES.length();
    return PostgresqlDialect.COPIES + plain.substring(Math.max(0, plain.length() - room));
  }

  private <T> T asking(Asked<T> asked) {
    try (PostgresqlConnection connection = servers.open(address)) {
      connection.alone(true);
      try {
        return asked.of(connection);
      } catch (SQLException refused) {
        throw PostgresqlErrors.exception(refused, false);
      }
    } catch (SQLException error) {
      throw PostgresqlErrors.connecting(error, address);
    }
  }

  private static CairnException noRehearsal(String why) {
    return CairnException.refused(
            "no-rehearsal", "a rehearsal needs a copy of the whole database: " + why)
        .hint("end the other connections for as long as the copy takes, or open a restored backup");
  }

  /** A question to the server. */
  private interface Asked<T> {
    T of(PostgresqlConnection connection) throws SQLException;
  }
}
