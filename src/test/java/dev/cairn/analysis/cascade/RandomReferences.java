package dev.cairn.analysis.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random schema of tables that refer to each other and to themselves, in chains, diamonds and
 * circles, with its rows. Every row has a tag that nothing changes.
 */
final class RandomReferences {
  private static final List<String> ACTIONS =
      List.of("CASCADE", "CASCADE", "CASCADE", "SET NULL", "SET NULL", "SET DEFAULT", "NO ACTION");

  /** A reference with columns of its own. */
  record Reference(String child, List<String> columns, String parent, String onDelete) {}

  private final Random random;
  private final int tables;
  private final boolean[] composite;
  final List<Reference> references = new ArrayList<>();
  final List<String> statements = new ArrayList<>();

  RandomReferences(long seed) {
    random = new Random(seed);
    tables = 2 + random.nextInt(4);
    composite = new boolean[tables];
    for (int i = 0; i < tables; i++) {
      composite[i] = random.nextInt(3) == 0;
    }
    for (int i = 0; i < tables; i++) {
      create(i);
    }
    for (int i = 0; i < tables; i++) {
      int rows = 5 + random.nextInt(20);
      for (int row = 0; row < rows; row++) {
        insert(i, row);
      }
    }
  }

  String target() {
    return "t0";
  }

  int tables() {
    return tables;
  }

  private void create(int table) {
    StringBuilder sql = new StringBuilder("CREATE TABLE t" + table + " (tag INTEGER, ");
    sql.append(composite[table] ? "a INTEGER, b TEXT" : "id INTEGER PRIMARY KEY");
    List<String> constraints = new ArrayList<>();
    if (composite[table]) {
      constraints.add("PRIMARY KEY (a, b)");
    }
    int count = random.nextInt(3) + (table == 0 ? 0 : 1);
    for (int i = 0; i < count; i++) {
      int parent = random.nextInt(tables);
      String onDelete = ACTIONS.get(random.nextInt(ACTIONS.size()));
      List<String> columns =
          composite[parent] ? List.of("f" + i + "a", "f" + i + "b") : List.of("f" + i);
      columns.forEach(column -> sql.append(", ").append(column));
      String key = composite[parent] ? "(a, b)" : "(id)";
      constraints.add(
          "FOREIGN KEY (%s) REFERENCES t%d %s ON DELETE %s"
              .formatted(String.join(", ", columns), parent, key, onDelete));
      references.add(new Reference("t" + table, columns, "t" + parent, onDelete));
    }
    constraints.forEach(each -> sql.append(", ").append(each));
    sql.append(composite[table] && random.nextBoolean() ? ") WITHOUT ROWID" : ")");
    statements.add(sql.toString());
  }

  private void insert(int table, int row) {
    List<String> values = new ArrayList<>();
    values.add(Integer.toString(table * 1000 + row));
    if (composite[table]) {
      values.add(Integer.toString(row % 3));
      values.add("'k" + row / 3 + "'");
    } else {
      values.add(Integer.toString(row));
    }
    for (Reference reference : references) {
      if (reference.child().equals("t" + table)) {
        refer(values, Integer.parseInt(reference.parent().substring(1)));
      }
    }
    statements.add("INSERT INTO t" + table + " VALUES (" + String.join(", ", values) + ")");
  }

  /** The first five rows of every table exist. */
  private void refer(List<String> values, int parent) {
    int row = random.nextInt(5);
    boolean none = random.nextInt(4) == 0;
    if (composite[parent]) {
      values.add(none ? "NULL" : Integer.toString(row % 3));
      values.add("'k" + row / 3 + "'");
    } else {
      values.add(none ? "NULL" : Integer.toString(row));
    }
  }
}
