package dev.cairn.database;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.QuotedName;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of another PostgreSQL database beside this one's. A copy of tables in a schema of this
 * very database is read where it is. PostgreSQL reads no other database in a query: such a one's
 * table is brought, value by value as its text, into a temporary table of the connection that asks.
 */
final class PostgresqlBeside {
  private static final String TEMPORARY = "pg_temp";
  private static final Duration BRINGING = Duration.ofHours(1);

  private final Beside beside;
  private final Map<String, String> environment;
  private final SqliteDatabase.Options options;

  PostgresqlBeside(Beside beside, Map<String, String> environment, SqliteDatabase.Options options) {
    this.beside = beside;
    this.environment = environment;
    this.options = options;
  }

  /** How queries name it. Fails with exit 3 where the other is of another engine. */
  static Beside of(
      String location, String table, PostgresqlAddress here, Map<String, String> environment) {
    if (!PostgresqlAddress.fits(location)) {
      throw CairnException.refused(
              "not-on-postgresql",
              "rows of a database of another engine can't be put back into a PostgreSQL table: its"
                  + " values have other types")
          .hint("`diff` compares them; bring the rows into a table of this database first");
    }
    PostgresqlAddress other = PostgresqlAddress.of(location, environment);
    String schema = other.settings().getOrDefault("currentSchema", "");
    return other.place().equals(here.place()) && schema.startsWith(PostgresqlDialect.COPIES)
        ? new Beside(schema, location)
        : new Beside(TEMPORARY, location + "#" + table);
  }

  /** Whether it lies in this database. */
  static boolean isHere(Beside beside) {
    return beside.schema().startsWith(PostgresqlDialect.COPIES);
  }

  boolean isHere() {
    return isHere(beside);
  }

  /** Fails with exit 4 where the copy is gone; else the view that reads it. */
  ReadView checked(ReadView view) {
    long there =
        view.number(
            SqlFragment.of("SELECT count(*) FROM pg_namespace WHERE nspname = ?", beside.schema()));
    if (there == 0) {
      view.close();
      throw CairnException.drift("snapshot-gone", "there is no schema " + beside.schema())
          .hint("`snapshots` lists what there is; `abandon` a run that reads it");
    }
    return view;
  }

  /** Brings the table into the connection. Closes it where that fails. */
  void bring(PostgresqlConnection connection) {
    int mark = beside.location().lastIndexOf('#');
    String location = beside.location().substring(0, mark);
    String name = beside.location().substring(mark + 1);
    try (Database other = Databases.reading(location)) {
      Table table = other.catalog().table(name).orElseThrow(() -> other.catalog().noTable(name));
      bring(connection, table, other.dialect().table(table.name()), location);
    } catch (SQLException error) {
      connection.close();
      throw CairnException.failed(
              "snapshot-unreadable",
              "%s of %s can't be brought beside: %s"
                  .formatted(name, location, PostgresqlErrors.message(error)))
          .causedBy(error);
    } catch (RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private void bring(PostgresqlConnection here, Table table, String from, String location)
      throws SQLException {
    String made = TEMPORARY + "." + QuotedName.of(table.name());
    here.alone(true);
    // Temporary tables come first unless the path says otherwise: a bare name means the table here.
    here.execute(
        "SELECT set_config('search_path', concat_ws(', ',"
            + " nullif(current_setting('search_path'), ''), 'pg_temp'), false)");
    here.execute(
        "CREATE TEMPORARY TABLE %s (%s)"
            .formatted(
                QuotedName.of(table.name()),
                table.columns().stream()
                    .map(PostgresqlBeside::declared)
                    .collect(Collectors.joining(", "))));
    String columns = quoted(table.columns().stream().map(Column::name).toList());
    PostgresqlAddress other = PostgresqlAddress.of(location, environment);
    try (PostgresqlConnection there =
        new PostgresqlConnector(other, environment, options.busyTimeoutMillis())
            .open(BRINGING, true)) {
      there.alone(true);
      there.copyTo(
          "COPY (SELECT %s FROM %s) TO STDOUT".formatted(columns, from),
          here,
          "COPY %s (%s) FROM STDIN".formatted(made, columns));
    }
    if (!table.primaryKey().isEmpty()) {
      here.execute("CREATE INDEX ON %s (%s)".formatted(made, quoted(table.primaryKey())));
    }
    here.execute("ANALYZE " + made);
  }

  private static String declared(Column column) {
    String collation = column.collation().isEmpty() ? "" : " COLLATE " + column.collation();
    return QuotedName.of(column.name()) + " " + column.type() + collation;
  }

  private static String quoted(List<String> names) {
    return names.stream().map(QuotedName::of).collect(Collectors.joining(", "));
  }
}
