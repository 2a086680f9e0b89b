package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tables of a database that no file here holds, in a file of Cairn's own: those that queries name,
 * and no other. All rows are of the one moment that the view sees, exact, each under its own row
 * number; triggers and foreign keys stay behind, as they act on nothing here.
 *
 * <p>Rows come in pages by key: a server forgets the moment that a reader sees where one answer is
 * read for more than 10 s.
 */
final class CopiedTables {
  private static final int PAGE = 20_000;
  private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

  private final ReadView source;
  private final SqliteConnection file;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final List<Found> indexes = new ArrayList<>();
  private final Set<String> copied = new HashSet<>();

  private record Found(String type, String name, String table, String sql) {}

  /**
   * @param source sees the moment that is copied
   * @param file takes the copies; nobody else has it open
   */
  CopiedTables(ReadView source, SqliteConnection file) throws SQLException {
    this.source = source;
    this.file = file;
    for (String pragma :
        List.of("journal_mode = OFF", "synchronous = OFF", "ignore_check_constraints = ON")) {
      file.execute("PRAGMA " + pragma);
    }
    file.execute("PRAGMA foreign_keys = OFF");
    for (List<Object> row :
        source.rows(
            SqlFragment.of(
                "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
                    + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND type <> 'trigger'"))) {
      Found each =
          new Found(
              row.get(0).toString(),
              row.get(1).toString(),
              row.get(2).toString(),
              row.get(3).toString());
      if (each.type().equals("index")) {
        indexes.add(each);
      } else {
        found.put(fold(each.name()), each);
      }
    }
  }

  /** Copies what a query names and isn't here yet. */
  void need(String sql) {
    for (Token token : Lexer.tokens(sql, Flavour.SQLITE)) {
      if (token.isSignificant()) {
        Found named = found.get(fold(token.name(sql)));
        if (named != null && copied.add(fold(named.name()))) {
          copy(named);
        }
      }
    }
  }

  private void copy(Found named) {
    try {
      if (named.type().equals("view")) {
        need(named.sql());
        file.execute(named.sql());
        return;
      }
      if (named.sql().toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL")) {
        return; // a query that reads it fails, and names it
      }
      file.execute("BEGIN");
      file.execute(named.sql());
      rows(named.name());
      for (Found index : indexes) {
        if (fold(index.table()).equals(fold(named.name()))) {
          file.execute(index.sql());
        }
      }
      file.execute("COMMIT");
    } catch (SQLException error) {
      throw CairnException.failed(
              "copy", "can't copy " + named.name() + ": " + SqliteErrors.message(error))
          .hint("room is needed for a copy of it among temporary files")
          .causedBy(error);
    }
  }

  private void rows(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    try (RowStream info =
        file.query(
            SqlFragment.of(
                "SELECT name, hidden, pk FROM pragma_table_xinfo(?) ORDER BY pk", table))) {
      while (info.next()) {
        if (info.number(1) == 0) {
          columns.add(quote(info.text(0)));
        }
        if (info.number(2) > 0) {
          key.add(quote(info.text(0)));
        }
      }
    }
    boolean numbered =
        ((Number)
                    file.firstRow(
                            SqlFragment.of(
                                "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name ="
                                    + " ?",
                                table))
                        .get(0))
                .intValue()
            == 0;
    if (numbered) {
      key.clear();
      ROW_NUMBERS.stream()
          .filter(name -> columns.stream().noneMatch(quote(name)::equalsIgnoreCase))
          .findFirst()
          .ifPresent(key::add);
    }
    pages(quote(table), columns, key, numbered);
  }

  private void pages(String table, List<String> columns, List<String> key, boolean numbered)
      throws SQLException {
    String keys = String.join(", ", key);
    List<String> into = new ArrayList<>(numbered ? key : List.of());
    into.addAll(columns);
    String insert =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", into),
                String.join(", ", into.stream().map(c -> "?").toList()));
    String select =
        "SELECT "
            + (keys.isEmpty() ? "" : keys + ", ")
            + String.join(", ", columns)
            + " FROM "
            + table;
    String behind =
        " WHERE (%s) > (%s)"
            .formatted(keys, String.join(", ", key.stream().map(c -> "?").toList()));
    String page = keys.isEmpty() ? "" : " ORDER BY " + keys + " LIMIT " + PAGE;
    List<Object> last = null;
    while (true) {
      SqlFragment query =
          last == null
              ? SqlFragment.of(select + page)
              : new SqlFragment(select + behind + page, last);
      long count = 0;
      try (RowStream rows = source.query(query)) {
        while (rows.next()) {
          List<Object> row = rows.row();
          count++;
          last = List.copyOf(row.subList(0, key.size()));
          file.firstRow(
              new SqlFragment(insert, numbered ? row : row.subList(key.size(), row.size())));
        }
      }
      if (keys.isEmpty() || count < PAGE) {
        return;
      }
    }
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
