package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.dialect.SqlFragment;
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

/** Reads PostgreSQL's schema in six queries, whatever the number of tables. */
final class PostgresqlCatalogReader {
  private final ReadView view;
  private final List<SchemaObject> objects = new ArrayList<>();
  private final Map<String, String> texts = new TreeMap<>();
  private final Map<String, List<Column>> columns = new TreeMap<>();
  private final Map<String, List<Index>> indexes = new TreeMap<>();
  private final Map<String, List<ForeignKey>> foreignKeys = new TreeMap<>();
  private final Map<String, List<Trigger>> triggers = new TreeMap<>();

  private PostgresqlCatalogReader(ReadView view) {
    this.view = view;
  }

  static Catalog read(ReadView view) {
    PostgresqlCatalogReader reader = new PostgresqlCatalogReader(view);
    String fingerprint = reader.fingerprint();
    reader.readColumns();
    NamesAlike.refuse(reader.columns); // quoted names may differ in case alone
    reader.readIndexes();
    reader.readForeignKeys();
    reader.readTriggers();
    return new Catalog(reader.tables(), fingerprint, reader.objects);
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    try (RowStream rows = view.query(SqlFragment.of(PostgresqlCatalogQueries.TABLES))) {
      while (rows.next()) {
        String name = rows.text(0);
        tables.add(
            new Table(
                name,
                "vm".contains(rows.text(1)),
                true, // no row has a number of its own
                columns.getOrDefault(name, List.of()),
                indexes.getOrDefault(name, List.of()),
                foreignKeys.getOrDefault(name, List.of()),
                triggers.getOrDefault(name, List.of()),
                "",
                texts.getOrDefault(name, rows.text(2))));
      }
    }
    return tables;
  }

  private void readColumns() {
    try (RowStream rows = view.query(SqlFragment.of(PostgresqlCatalogQueries.COLUMNS))) {
      while (rows.next()) {
        list(columns, rows.text(0))
            .add(
                new Column(
                    rows.text(1),
                    rows.text(2),
                    isTrue(rows.value(3)),
                    rows.text(4),
                    (int) rows.number(5),
                    isTrue(rows.value(6)),
                    rows.text(7)));
      }
    }
  }

  private void readIndexes() {
    for (List<List<Object>> rows : groups(PostgresqlCatalogQueries.INDEXES, 7)) {
      List<Object> head = rows.get(0);
      list(indexes, head.get(0).toString())
          .add(
              new Index(
                  head.get(1).toString(),
                  isTrue(head.get(2)),
                  isTrue(head.get(3)),
                  texts(rows, 5),
                  texts(rows, 6),
                  Optional.ofNullable(head.get(4)).map(Object::toString),
                  ""));
    }
  }

  private void readForeignKeys() {
    for (List<List<Object>> rows : groups(PostgresqlCatalogQueries.FOREIGN_KEYS, 1)) {
      List<Object> head = rows.get(0);
      String table = head.get(0).toString();
      list(foreignKeys, table)
          .add(
              new ForeignKey(
                  table,
                  texts(rows, 3),
                  head.get(2).toString(),
                  texts(rows, 4),
                  head.get(5).toString(),
                  head.get(6).toString()));
    }
  }

  private void readTriggers() {
    try (RowStream rows = view.query(SqlFragment.of(PostgresqlCatalogQueries.TRIGGERS))) {
      while (rows.next()) {
        String of = Objects.toString(rows.value(4), "");
        list(triggers, rows.text(0))
            .add(
                new Trigger(
                    rows.text(1),
                    rows.text(0),
                    rows.text(2),
                    List.of(rows.text(3).split(",")),
                    of.isEmpty() ? List.of() : List.of(of.split("\n")),
                    rows.text(5)));
      }
    }
  }

  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (RowStream rows = view.query(SqlFragment.of(PostgresqlDefinitions.ALL))) {
        while (rows.next()) {
          if (!isOwn(rows.text(1)) && !isOwn(rows.text(2))) {
            digest.update((rows.row() + "\0").getBytes(StandardCharsets.UTF_8));
            objects.add(new SchemaObject(rows.text(0), rows.text(1), rows.text(2), rows.text(3)));
            if (rows.text(0).equals("table") || rows.text(0).equals("view")) {
              texts.put(rows.text(1), rows.text(3));
            }
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Wherever Cairn's tables are. */
  private static boolean isOwn(String name) {
    return Catalog.isOwn(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Rows that belong together stand together: those with the same number in this column. */
  private List<List<List<Object>>> groups(String query, int column) {
    Map<Object, List<List<Object>>> groups = new LinkedHashMap<>();
    try (RowStream rows = view.query(SqlFragment.of(query))) {
      while (rows.next()) {
        groups.computeIfAbsent(rows.value(column), key -> new ArrayList<>()).add(rows.row());
      }
    }
    return List.copyOf(groups.values());
  }

  private static List<String> texts(List<List<Object>> rows, int column) {
    return rows.stream().map(row -> row.get(column).toString()).toList();
  }

  private static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value);
  }

  private static <T> List<T> list(Map<String, List<T>> map, String key) {
    return map.computeIfAbsent(key, name -> new ArrayList<>());
  }
}
