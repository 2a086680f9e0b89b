package dev.cairn.database;

import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
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
 * <p>Rows come in pages, so that the server keeps the moment however long it takes.
 */
final class CopiedTables {
  private static final Dialect DIALECT = new SqliteDialect(true);

  private final ReadView source;
  private final SqliteConnection file;
  private final String encoding;
  private final Map<String, ServerSchema.Made> made = new LinkedHashMap<>();
  private final List<ServerSchema.Made> indexes = new ArrayList<>();
  private final Set<String> copied = new HashSet<>();

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
    ServerSchema schema = ServerSchema.read(source);
    this.encoding = schema.encoding();
    file.execute(schema.pragma());
    for (ServerSchema.Made each : schema.objects()) {
      if (each.type().equals("index")) {
        indexes.add(each);
      } else if (!each.type().equals("trigger")) {
        made.put(fold(each.name()), each);
      }
    }
  }

  /** Copies what a query names and isn't here yet. */
  void need(String sql) {
    for (Token token : Lexer.tokens(sql, Flavour.SQLITE)) {
      if (token.isSignificant()) {
        ServerSchema.Made named = made.get(fold(token.name(sql)));
        if (named != null && copied.add(fold(named.name()))) {
          copy(named);
        }
      }
    }
  }

  private void copy(ServerSchema.Made named) {
    try {
      if (named.type().equals("view")) {
        need(named.sql());
        file.execute(named.sql());
        return;
      }
      if (named.isVirtual()) {
        return; // a query that reads it fails, and names it
      }
      file.execute("BEGIN");
      file.execute(named.sql());
      rows(named.name());
      for (ServerSchema.Made index : indexes) {
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

  private void rows(String name) throws SQLException {
    Table table = SqliteCatalogReader.read(seen()).table(name).orElseThrow();
    DumpedTable dumped = DumpedTable.of(table, encoding, DIALECT);
    Iterator<Object[]> rows = new DumpPages(source, dumped);
    while (rows.hasNext()) {
      file.firstRow(SqlFragment.of(dumped.insert(), rows.next()));
    }
  }

  /** What is in the file by now. */
  private ReadView seen() {
    return new ReadView() {
      @Override
      public RowStream query(SqlFragment query) {
        try {
          return file.query(query);
        } catch (SQLException error) {
          throw SqliteErrors.exception(error);
        }
      }

      @Override
      public void close() {}
    };
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
