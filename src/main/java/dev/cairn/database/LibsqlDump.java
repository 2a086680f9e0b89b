package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * A server's database at one moment, which is read out table by table and written to a SQLite file.
 * Rows come in pages, each one answer, so that the server keeps the moment however long it takes.
 * What was written is read again and held against what came, value by value.
 */
final class LibsqlDump implements CopyableView {
  private static final String HAS_SEQUENCE =
      "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'";

  private final ReadView view;
  private final Dialect dialect;

  LibsqlDump(ReadView view, Dialect dialect) {
    this.view = view;
    this.dialect = dialect;
  }

  @Override
  public RowStream query(SqlFragment query) {
    return view.query(query);
  }

  @Override
  public List<List<Object>> rows(SqlFragment query) {
    return view.rows(query);
  }

  @Override
  public Catalog catalog() {
    return SqliteCatalogReader.read(this);
  }

  @Override
  public long bytes() {
    return number(
        SqlFragment.of("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"));
  }

  /** The copy has none, and the server doesn't say. */
  @Override
  public String journalMode() {
    return "server";
  }

  @Override
  public boolean blocksWriters() {
    return false;
  }

  @Override
  public void copyTo(Path file) {
    ServerSchema schema = ServerSchema.read(view);
    List<DumpedTable> tables = tables(schema.encoding());
    try {
      try (SqliteFileWriter writer = SqliteFileWriter.into(file)) {
        write(writer, schema, tables);
        writer.finish();
      }
      compare(file, tables);
    } catch (IOException error) {
      throw failure(error, file);
    } finally {
      view.close(); // nothing is read from the server any more: it need not keep the moment
    }
  }

  @Override
  public void close() {
    view.close();
  }

  private List<DumpedTable> tables(String encoding) {
    List<DumpedTable> tables = new ArrayList<>();
    catalog().tables().stream()
        .filter(table -> !table.view() && !ServerSchema.isVirtual(table.sql()))
        .forEach(table -> tables.add(DumpedTable.of(table, encoding, dialect)));
    if (!view.rows(SqlFragment.of(HAS_SEQUENCE)).isEmpty()) {
      tables.add(
          DumpedTable.numbered("sqlite_sequence", List.of("name", "seq"), encoding, dialect));
    }
    return tables;
  }

  /** What watches or orders rows comes behind them, and what has tables of its own last. */
  private void write(SqliteFileWriter writer, ServerSchema schema, List<DumpedTable> tables)
      throws IOException {
    writer.execute(schema.pragma());
    writer.execute("PRAGMA ignore_check_constraints = ON");
    for (ServerSchema.Made each : schema.objects()) {
      if (each.type().equals("table") && !each.isVirtual()) {
        make(writer, each);
      }
    }
    for (DumpedTable table : tables) {
      if (table.isSequence()) {
        writer.execute("DELETE FROM sqlite_sequence"); // counted up while rows were put in
      }
      writer.insert(table.insert(), paged(table));
    }
    for (String type : List.of("index", "view", "trigger")) {
      for (ServerSchema.Made each : schema.objects()) {
        if (each.type().equals(type)) {
          make(writer, each);
        }
      }
    }
    writer.execute("PRAGMA writable_schema = ON");
    for (ServerSchema.Made each : schema.objects()) {
      if (each.isVirtual()) {
        Object[] row = {each.name(), each.name(), each.sql()};
        writer.insert(
            "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
                + " VALUES ('table', ?, ?, 0, ?)",
            List.<Object[]>of(row).iterator());
      }
    }
    writer.execute("PRAGMA writable_schema = OFF");
  }

  private static void make(SqliteFileWriter writer, ServerSchema.Made object) throws IOException {
    try {
      writer.execute(object.sql());
    } catch (IOException refused) {
      throw CairnException.failed(
              "not-sqlite",
              "%s %s can't be made in a SQLite file: %s"
                  .formatted(object.type(), object.name(), refused.getMessage()))
          .hint("a fork on the server keeps it (docs/undo-and-restore.md)")
          .causedBy(refused);
    }
  }

  private Iterator<Object[]> paged(DumpedTable table) {
    return new DumpPages(view, table);
  }

  private void compare(Path file, List<DumpedTable> tables) {
    SqliteDatabase.Options reading = new SqliteDatabase.Options(false, true, false, 5_000);
    TreeMap<String, String> unlike = new TreeMap<>();
    try (SqliteDatabase copy = SqliteDatabase.open(file, reading);
        ReadView there = copy.view()) {
      for (DumpedTable table : tables) {
        if (!table.matches(there)) {
          unlike.put(table.name(), table.name());
        }
      }
    }
    if (!unlike.isEmpty()) {
      throw CairnException.failed(
              "copy-differs",
              "what was written is not what the server sent, in "
                  + String.join(", ", unlike.keySet())
                  + "; it was deleted")
          .hint("a fork on the server keeps every value (docs/undo-and-restore.md)");
    }
  }

  private static CairnException failure(IOException error, Path file) {
    if (DurableFile.freeBytes(file) < (1 << 20)) {
      return CairnException.stopped("disk-full", "no room is left beside " + file).causedBy(error);
    }
    return CairnException.failed("snapshot", "can't write the copy: " + error.getMessage())
        .causedBy(error);
  }
}
