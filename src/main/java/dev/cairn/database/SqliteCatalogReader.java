package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.References;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.TableText;
import dev.cairn.catalog.Trigger;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.sql.DdlParser;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.CreateIndex;
import dev.cairn.sql.tree.Ddl.KeyPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads SQLite's schema in seven queries, whatever the number of tables. */
final class SqliteCatalogReader {
  private static final String TABLES =
      "SELECT s.name, s.type, coalesce(s.sql, ''), coalesce(l.wr, 0) FROM sqlite_schema s"
          + " LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = s.name"
          + " WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
  private static final String COLUMNS =
      "SELECT s.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden"
          + " FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c"
          + " WHERE s.type IN ('table', 'view')";
  private static final String IN_ORDER = " ORDER BY s.name, c.cid";
  private static final String NAMES =
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')";
  private static final String INDEXES =
      "SELECT s.name, i.name, i.\"unique\", i.partial, i.origin, x.name, x.coll, d.sql"
          + " FROM sqlite_schema s JOIN pragma_index_list(s.name) i JOIN pragma_index_xinfo(i.name) x"
          + " LEFT JOIN sqlite_schema d ON d.type = 'index' AND d.name = i.name"
          + " WHERE s.type = 'table' AND x.key ORDER BY s.name, i.seq, x.seqno";
  private static final String FOREIGN_KEYS =
      "SELECT s.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_delete, f.on_update"
          + " FROM sqlite_schema s JOIN pragma_foreign_key_list(s.name) f"
          + " WHERE s.type = 'table' ORDER BY s.name, f.id, f.seq";
  private static final String TRIGGERS =
      // A trigger knows its table by the name that it was given there, in whatever case.
      "SELECT t.name, s.name, s.sql FROM sqlite_schema s JOIN sqlite_schema t"
          + " ON t.name = s.tbl_name COLLATE NOCASE AND t.type IN ('table', 'view')"
          + " WHERE s.type = 'trigger' ORDER BY t.name, s.name";
  private static final String SCHEMA =
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
          + " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

  private final ReadView view;
  private static final String TEXTS =
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL";

  private final List<SchemaObject> objects = new ArrayList<>();
  private final Map<String, TableText> texts = new TreeMap<>();
  private final Map<String, List<Column>> columns = new TreeMap<>();
  private final Map<String, List<Index>> indexes = new TreeMap<>();
  private final Map<String, List<ForeignKey>> foreignKeys = new TreeMap<>();
  private final Map<String, List<Trigger>> triggers = new TreeMap<>();

  private SqliteCatalogReader(ReadView view) {
    this.view = view;
  }

  static Catalog read(ReadView view) {
    view.ahead(
        Stream.of(TEXTS, COLUMNS + IN_ORDER, INDEXES, FOREIGN_KEYS, TRIGGERS, SCHEMA, TABLES)
            .map(SqlFragment::of)
            .toList());
    SqliteCatalogReader reader = new SqliteCatalogReader(view);
    reader.readTexts();
    reader.readColumns();
    NamesAlike.refuse(
        reader.columns); // SQLite tells É from é: only ASCII letters have a case there
    reader.readIndexes();
    reader.readForeignKeys();
    reader.readTriggers();
    String fingerprint = reader.fingerprint();
    return new Catalog(reader.tables(), fingerprint, reader.objects);
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    try (RowStream rows = view.query(SqlFragment.of(TABLES))) {
      while (rows.next()) {
        String name = rows.text(0);
        tables.add(
            new Table(
                name,
                rows.text(1).equals("view"),
                rows.number(3) != 0,
                columns.getOrDefault(name, List.of()),
                indexes.getOrDefault(name, List.of()),
                foreignKeys.getOrDefault(name, List.of()),
                triggers.getOrDefault(name, List.of()),
                text(name).primaryConflict(),
                rows.text(2)));
      }
    }
    return References.resolved(tables);
  }

  private void readTexts() {
    try (RowStream rows = view.query(SqlFragment.of(TEXTS))) {
      while (rows.next()) {
        texts.put(rows.text(0), TableText.of(rows.text(1)));
      }
    }
  }

  private TableText text(String table) {
    return texts.getOrDefault(table, TableText.of(""));
  }

  private void readColumns() {
    try {
      readColumns(SqlFragment.of(COLUMNS + IN_ORDER));
    } catch (CairnException broken) {
      // One view of a table that is gone, or one table of a module that is not there, fails the
      // query for all: then each is asked by itself.
      columns.clear();
      view.rows(SqlFragment.of(NAMES)).forEach(row -> readColumnsIfSound(row.get(0)));
    }
  }

  private void readColumnsIfSound(Object name) {
    try {
      readColumns(SqlFragment.of(COLUMNS + " AND s.name = ?" + IN_ORDER, name));
    } catch (CairnException broken) {
      columns.remove(name.toString());
    }
  }

  private void readColumns(SqlFragment query) {
    try (RowStream rows = view.query(query)) {
      while (rows.next()) {
        long hidden = rows.number(6);
        if (hidden == 1) {
          continue; // a virtual table's hidden column is no column to anybody
        }
        list(columns, rows.text(0))
            .add(
                new Column(
                    rows.text(1),
                    rows.text(2) == null ? "" : rows.text(2),
                    rows.number(3) != 0,
                    rows.text(4),
                    (int) rows.number(5),
                    hidden > 1,
                    text(rows.text(0)).collation(rows.text(1))));
      }
    }
  }

  private void readIndexes() {
    Map<String, List<List<Object>>> rowsByIndex = new LinkedHashMap<>();
    try (RowStream rows = view.query(SqlFragment.of(INDEXES))) {
      while (rows.next()) {
        rowsByIndex
            .computeIfAbsent(rows.text(0) + '\0' + rows.text(1), key -> new ArrayList<>())
            .add(rows.row());
      }
    }
    for (List<List<Object>> rows : rowsByIndex.values()) {
      String table = rows.get(0).get(0).toString();
      list(indexes, table).add(index(table, rows));
    }
  }

  /** One index, of which each row tells one term. */
  private Index index(String table, List<List<Object>> rows) {
    List<Object> head = rows.get(0);
    List<String> names = rows.stream().map(row -> Objects.toString(row.get(5), "")).toList();
    Optional<CreateIndex> declared =
        Optional.ofNullable(head.get(7))
            .flatMap(sql -> DdlParser.outline(sql.toString(), Flavour.SQLITE))
            .filter(CreateIndex.class::isInstance)
            .map(CreateIndex.class::cast);
    boolean partial = ((Number) head.get(3)).longValue() != 0;
    return new Index(
        head.get(1).toString(),
        ((Number) head.get(2)).longValue() != 0,
        "pk".equals(head.get(4)),
        rows.stream().map(row -> comparable(table, row)).toList(),
        declared
            .map(index -> index.parts().stream().map(KeyPart::text).toList())
            .orElseGet(() -> text(table).parts(head.get(1).toString(), names)),
        partial ? Optional.of(declared.flatMap(CreateIndex::where).orElse("")) : Optional.empty(),
        head.get(7) == null ? text(table).conflict(head.get(1).toString()) : "");
  }

  /**
   * The column's name; empty for an expression, and where the index compares in another way than
   * the column does: unique under another collation is not unique as the column compares.
   */
  private String comparable(String table, List<Object> row) {
    String name = Objects.toString(row.get(5), "");
    String own = text(table).collation(name);
    return row.get(6).toString().equalsIgnoreCase(own.isEmpty() ? "BINARY" : own) ? name : "";
  }

  private void readForeignKeys() {
    Map<String, List<List<Object>>> rowsByKey = new LinkedHashMap<>();
    try (RowStream rows = view.query(SqlFragment.of(FOREIGN_KEYS))) {
      while (rows.next()) {
        rowsByKey
            .computeIfAbsent(rows.text(0) + '\0' + rows.number(1), key -> new ArrayList<>())
            .add(rows.row());
      }
    }
    for (List<List<Object>> rows : rowsByKey.values()) {
      List<String> from = new ArrayList<>();
      List<String> to = new ArrayList<>();
      for (List<Object> row : rows) {
        from.add(row.get(3).toString());
        if (row.get(4) != null) {
          to.add(row.get(4).toString());
        }
      }
      String table = rows.get(0).get(0).toString();
      list(foreignKeys, table)
          .add(
              new ForeignKey(
                  table,
                  from,
                  rows.get(0).get(2).toString(),
                  to,
                  rows.get(0).get(5).toString(),
                  rows.get(0).get(6).toString()));
    }
  }

  private void readTriggers() {
    try (RowStream rows = view.query(SqlFragment.of(TRIGGERS))) {
      while (rows.next()) {
        list(triggers, rows.text(0))
            .add(Trigger.of(rows.text(1), rows.text(0), rows.text(2), Flavour.SQLITE));
      }
    }
  }

  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (RowStream rows = view.query(SqlFragment.of(SCHEMA))) {
        while (rows.next()) {
          if (!Catalog.isOwn(rows.text(1)) && !Catalog.isOwn(rows.text(2))) {
            digest.update((rows.row() + "\0").getBytes(StandardCharsets.UTF_8));
            objects.add(new SchemaObject(rows.text(0), rows.text(1), rows.text(2), rows.text(3)));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> List<T> list(Map<String, List<T>> map, String key) {
    return map.computeIfAbsent(key, name -> new ArrayList<>());
  }
}
