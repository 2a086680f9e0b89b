package dev.cairn.database;

import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.QuotedName;
import dev.cairn.dialect.SqlFragment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Copies a whole database of a server as a new one, which works only while nobody uses it. */
final class PostgresqlTemplate {
  /** A database that everybody has: the statement can't be sent from the one that is copied. */
  private static final List<String> OTHERS = List.of("postgres", "template1");

  private static final int LOOKS = 20;
  private static final long LOOK_MILLIS = 50;

  private final PostgresqlAddress address;
  private final PostgresqlCopies.Servers servers;
  private final Supplier<Optional<String>> leave;

  PostgresqlTemplate(
      PostgresqlAddress address,
      PostgresqlCopies.Servers servers,
      Supplier<Optional<String>> leave) {
    this.address = address;
    this.servers = servers;
    this.leave = leave;
  }

  /** Why it can't be done now; empty where nothing is seen that hinders it. */
  Optional<String> hindered() {
    try (PostgresqlConnection elsewhere = elsewhere()) {
      List<Object> may =
          row(
              elsewhere,
              SqlFragment.of(
                  "SELECT r.rolsuper OR r.rolcreatedb,"
                      + " r.rolsuper OR d.datistemplate OR pg_has_role(d.datdba, 'USAGE')"
                      + " FROM pg_roles r, pg_database d WHERE r.rolname = current_user"
                      + " AND d.datname = ?",
                  address.database()));
      if (may.isEmpty() || !Boolean.TRUE.equals(may.get(0))) {
        return Optional.of(address.user() + " may not create databases");
      }
      if (!Boolean.TRUE.equals(may.get(1))) {
        return Optional.of(address.user() + " doesn't own this one");
      }
      Optional<String> own = leave.get();
      return own.isPresent() ? own : others(elsewhere);
    } catch (SQLException error) {
      return Optional.of(PostgresqlErrors.message(error));
    }
  }

  /** Who is connected; a connection of ours that was closed just now is still seen for a moment. */
  private Optional<String> others(PostgresqlConnection elsewhere) throws SQLException {
    String who = "";
    for (int i = 0; i < LOOKS; i++) {
      List<Object> seen =
          row(
              elsewhere,
              SqlFragment.of(
                  "SELECT count(*), string_agg(DISTINCT coalesce(usename, backend_type) || CASE"
                      + " WHEN application_name <> '' THEN ' by ' || application_name ELSE '' END,"
                      + " ', ') FROM pg_stat_activity WHERE datname = ?"
                      + " AND backend_type NOT LIKE 'autovacuum%'",
                  address.database()));
      if (seen.get(0).equals(0L)) {
        return Optional.empty();
      }
      who = "%s connected to it: %s".formatted(number(seen.get(0)), seen.get(1));
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return Optional.of(who);
  }

  private static String number(Object count) {
    return count.equals(1L) ? "1 other is" : count + " others are";
  }

  /** Makes it. Gives why not where somebody was quicker or the server says no. */
  Optional<String> make(String name, BooleanSupplier stop) {
    try (PostgresqlConnection elsewhere = elsewhere()) {
      String made = quote(name);
      StopWatch watch = StopWatch.of(elsewhere::cancel, stop);
      try {
        elsewhere.execute("CREATE DATABASE " + made + " TEMPLATE " + quote(address.database()));
      } catch (SQLException refused) {
        if (PostgresqlErrors.mayHaveHappened(refused) || elsewhere.wasCancelled()) {
          throw PostgresqlErrors.exception(refused, elsewhere.wasCancelled());
        }
        return Optional.of(PostgresqlErrors.message(refused));
      } finally {
        watch.close();
      }
      elsewhere.execute(
          "COMMENT ON DATABASE "
              + made
              + " IS "
              + new PostgresqlDialect().literal("made by Cairn of " + address.place()));
      elsewhere.execute("REVOKE CONNECT ON DATABASE " + made + " FROM PUBLIC");
      searchAlike(elsewhere, made);
    } catch (SQLException error) {
      throw PostgresqlErrors.exception(error, false);
    }
    dropCopiesIn(name);
    return Optional.empty();
  }

  /** Settings of a database aren't copied; this one decides what its tables are called. */
  private void searchAlike(PostgresqlConnection elsewhere, String made) throws SQLException {
    List<Object> path =
        row(
            elsewhere,
            SqlFragment.of(
                "SELECT substr(c, 13) FROM pg_db_role_setting s, unnest(s.setconfig) c"
                    + " WHERE s.setrole = 0 AND c LIKE 'search\\_path=%' AND s.setdatabase ="
                    + " (SELECT oid FROM pg_database WHERE datname = ?)",
                address.database()));
    if (!path.isEmpty() && !Objects.toString(path.get(0), "").isBlank()) {
      elsewhere.execute("ALTER DATABASE " + made + " SET search_path TO " + path.get(0));
    }
  }

  /** A copy needs no older copies of tables in it. */
  private void dropCopiesIn(String name) {
    try (PostgresqlConnection copy = servers.open(at(name))) {
      copy.alone(true);
      List<Object> schemas = new ArrayList<>();
      try (PostgresqlRows rows =
          copy.held(
              SqlFragment.of(
                  "SELECT quote_ident(nspname) FROM pg_namespace WHERE starts_with(nspname, ?)",
                  PostgresqlDialect.COPIES),
              0)) {
        while (rows.next()) {
          schemas.add(rows.value(0));
        }
      }
      for (Object schema : schemas) {
        copy.execute("DROP SCHEMA " + schema + " CASCADE"); // of the copy alone
      }
    } catch (SQLException error) {
      throw PostgresqlErrors.exception(error, false);
    }
  }

  private PostgresqlConnection elsewhere() throws SQLException {
    SQLException refused = null;
    for (String other : OTHERS) {
      if (!other.equals(address.database())) {
        try {
          PostgresqlConnection connection = servers.open(at(other));
          connection.alone(true);
          return connection;
        } catch (SQLException next) {
          refused = next;
        }
      }
    }
    throw refused;
  }

  private PostgresqlAddress at(String database) {
    return new PostgresqlAddress(
        address.host(), address.port(), database, address.user(), withoutSchema());
  }

  private Map<String, String> withoutSchema() {
    return address.settings().entrySet().stream()
        .filter(each -> !each.getKey().equals("currentSchema"))
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<Object> row(PostgresqlConnection connection, SqlFragment query)
      throws SQLException {
    try (PostgresqlRows rows = connection.held(query, 0)) {
      return rows.next() ? rows.row() : List.of();
    }
  }

  static String quote(String name) {
    return QuotedName.of(name);
  }
}
