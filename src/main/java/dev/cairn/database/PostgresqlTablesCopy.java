package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.QuotedName;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Copies of a database's tables as they are at one moment, in a schema of the same database: values
 * and keys, so that rows can be compared and put back; no defaults, checks, references or triggers,
 * as those would tie what is in use to the copy. All in one transaction: a copy half made is never
 * seen. Of Cairn's own tables those that say which runs there were.
 */
final class PostgresqlTablesCopy {
  /** The trigger that refuses whatever would change a copy. */
  static final String KEPT = "cairn_kept";

  private static final Set<String> JOURNAL =
      Set.of("cairn_journal", "cairn_run", "cairn_lane", "cairn_checkpoint");

  /** How it is called here, schema, name, number. A partition's rows are its table's. */
  private static final String TABLES =
      PostgresqlCatalogQueries.fromTables(
          "SELECT "
              + PostgresqlCatalogQueries.name()
              + ", n.nspname, c.relname, c.oid, c.relhassubclass AND c.relkind = 'r'",
          "",
          " AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'"
              + " ORDER BY 1");

  /** The columns of each key, the primary one first. */
  private static final String KEYS =
      "SELECT i.indisprimary, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)"
          + " FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)"
          + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number"
          + " WHERE k.place <= i.indnkeyatts) FROM pg_index i WHERE i.indrelid = ?"
          + " AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL"
          + " AND NOT EXISTS (SELECT FROM generate_series(1, i.indnkeyatts) k"
          + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1]"
          + " JOIN pg_opclass o ON o.oid = i.indclass[k - 1]"
          + " WHERE NOT o.opcdefault OR i.indcollation[k - 1] <> a.attcollation)"
          + " ORDER BY i.indisprimary DESC, i.indexrelid";

  private final PostgresqlConnection connection;
  private final String schema;
  private final BooleanSupplier stop;

  /** A table, as it is called here, and as it is called everywhere. */
  private record Copied(String called, String from, Object number, boolean hasHeirs) {}

  /**
   * @param schema what takes the copies; there is none of that name
   */
  PostgresqlTablesCopy(PostgresqlConnection connection, String schema, BooleanSupplier stop) {
    this.connection = connection;
    this.schema = QuotedName.of(schema);
    this.stop = stop;
  }

  /**
   * Makes them. Fails with exit 1 where the role may not, or would not be shown every row; 6 where
   * a table is locked or was changed just now.
   */
  void make(String comment) {
    StopWatch watch = StopWatch.of(connection::cancel, stop);
    try {
      connection.alone(true);
      List<Copied> tables = tables();
      // Locked before the first query, which decides the moment: what empties or rewrites a table
      // would show it empty to a moment before. With row_security off a policy that hides rows is
      // an error.
      connection.execute(
          "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL row_security = off" + lock(tables));
      connection.alone(false);
      if (!tables().equals(tables)) {
        throw CairnException.stopped("busy", "tables were made or dropped just now")
            .hint("run it again");
      }
      connection.execute("CREATE SCHEMA " + schema);
      connection.execute("REVOKE ALL ON SCHEMA " + schema + " FROM PUBLIC");
      connection.execute(
          "COMMENT ON SCHEMA " + schema + " IS " + new PostgresqlDialect().literal(comment));
      connection.execute(
          "CREATE FUNCTION "
              + schema
              + "."
              + KEPT
              + "() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a snapshot made by"
              + " Cairn is not written to''; END'");
      for (Copied table : tables) {
        copy(table);
      }
      connection.commit();
    } catch (SQLException error) {
      boolean cancelled = connection.wasCancelled();
      takeBack();
      throw PostgresqlErrors.mayHaveHappened(error)
          ? PostgresqlErrors.exception(error, cancelled)
          : refused(error, cancelled);
    } catch (RuntimeException failed) {
      takeBack();
      throw failed;
    } finally {
      watch.close();
    }
  }

  private static RuntimeException refused(SQLException error, boolean cancelled) {
    RuntimeException told = PostgresqlErrors.exception(error, cancelled);
    return told instanceof CairnException known && known.code().equals("sql")
        ? CairnException.failed("no-copy", "the tables can't be copied: " + known.getMessage())
            .hint(
                "who copies them must be able to read all their rows, and to create a schema;"
                    + " pg_dump is another way")
            .causedBy(error)
        : told;
  }

  private List<Copied> tables() throws SQLException {
    List<Copied> tables = new ArrayList<>();
    try (PostgresqlRows rows = connection.held(SqlFragment.of(TABLES), 0)) {
      while (rows.next()) {
        String bare = rows.text(2);
        if (!Catalog.isOwn(bare) || JOURNAL.contains(bare)) {
          tables.add(
              new Copied(
                  rows.text(0),
                  QuotedName.of(rows.text(1)) + "." + QuotedName.of(bare),
                  rows.value(3),
                  Boolean.TRUE.equals(rows.value(4))));
        }
      }
    }
    return tables;
  }

  private static String lock(List<Copied> tables) {
    return tables.isEmpty()
        ? ""
        : "; LOCK TABLE "
            + tables.stream().map(Copied::from).collect(Collectors.joining(", "))
            + " IN ACCESS SHARE MODE";
  }

  private void copy(Copied table) throws SQLException {
    String copy = schema + "." + QuotedName.of(table.called());
    connection.execute("CREATE TABLE " + copy + " (LIKE " + table.from() + ")");
    long written;
    try (PostgresqlRows rows =
        connection.held(
            SqlFragment.of("INSERT INTO " + copy + " SELECT * FROM " + table.from()), 0)) {
      written = rows.changed();
    }
    long there = number("SELECT count(*) FROM " + table.from());
    if (written != there) {
      throw CairnException.failed(
          "copy-differs",
          "%,d of %,d rows of %s came into the copy; it was taken back"
              .formatted(written, there, table.called()));
    }
    if (!table.hasHeirs()) { // whose rows a key of it doesn't rule
      keys(table, copy);
    }
    connection.execute(
        "CREATE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE PROCEDURE %s.%s()"
            .formatted(KEPT, copy, schema, KEPT));
    connection.execute("ANALYZE " + copy);
  }

  private void keys(Copied table, String copy) throws SQLException {
    Set<String> made = new LinkedHashSet<>();
    List<String> statements = new ArrayList<>();
    try (PostgresqlRows rows = connection.held(SqlFragment.of(KEYS, table.number()), 0)) {
      while (rows.next()) {
        String columns = rows.text(1);
        if (made.add(columns)) {
          statements.add(
              Boolean.TRUE.equals(rows.value(0))
                  ? "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(copy, columns)
                  : "CREATE UNIQUE INDEX ON %s (%s)".formatted(copy, columns));
        }
      }
    }
    for (String statement : statements) {
      connection.execute(statement);
    }
  }

  private long number(String query) throws SQLException {
    try (PostgresqlRows rows = connection.held(SqlFragment.of(query), 0)) {
      rows.next();
      return rows.number(0);
    }
  }

  private void takeBack() {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      connection.close();
    }
  }

  /**
   * Drops such copies, and nothing else: not what somebody has put beside them, nor what rests on
   * them.
   */
  static void drop(PostgresqlConnection connection, String schema) throws SQLException {
    List<String> statements = new ArrayList<>();
    String quoted = QuotedName.of(schema);
    try (PostgresqlRows rows =
        connection.held(
            new SqlFragment(
                "SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n"
                    + " ON n.oid = c.relnamespace JOIN pg_trigger t ON t.tgrelid = c.oid"
                    + " WHERE n.nspname = ? AND t.tgname = ?",
                List.of(schema, KEPT)),
            0)) {
      while (rows.next()) {
        statements.add("DROP TABLE " + quoted + "." + rows.text(0));
      }
    }
    statements.add("DROP FUNCTION IF EXISTS " + quoted + "." + KEPT + "()");
    statements.add("DROP SCHEMA " + quoted);
    connection.execute(String.join("; ", statements)); // one transaction
  }
}
