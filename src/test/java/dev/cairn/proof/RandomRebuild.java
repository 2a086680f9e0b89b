package dev.cairn.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table with a key, columns, indexes, triggers, a view and others that refer to it, and a plan
 * that makes it anew: some columns taken over, some dropped, some made of others.
 */
final class RandomRebuild {
  private final Random random;
  final List<String> ddl = new ArrayList<>();
  final List<String> rows = new ArrayList<>();
  final List<String> kept = new ArrayList<>();
  final List<String> keptIndexes = new ArrayList<>();
  final String key;
  final boolean numbered;
  final String plan;

  RandomRebuild(long seed) {
    random = new Random(seed);
    int kind = random.nextInt(4);
    numbered = kind == 0;
    key = kind == 3 ? "k1, k2" : "k1";
    String keyColumns =
        switch (kind) {
          case 0 -> "k1 INTEGER PRIMARY KEY AUTOINCREMENT";
          case 1 -> "k1 INTEGER PRIMARY KEY";
          case 2 -> "k1 TEXT NOT NULL PRIMARY KEY";
          default -> "k1 INTEGER NOT NULL, k2 TEXT NOT NULL";
        };
    String tail = kind == 3 ? ", PRIMARY KEY (k1, k2)" : "";
    String options = kind == 3 && random.nextBoolean() ? " WITHOUT ROWID" : "";
    int width = 2 + random.nextInt(5);
    List<String> types = List.of("TEXT", "INTEGER", "REAL", "", "BLOB", "NUMERIC");
    StringBuilder table = new StringBuilder("CREATE TABLE t (" + keyColumns);
    StringBuilder columns = new StringBuilder();
    keyColumns.lines().forEach(line -> {});
    for (String part : keyColumns.split(", ")) {
      int space = part.indexOf(' ');
      columns.append("    %s: %s\n".formatted(part.substring(0, space), part.substring(space + 1)));
    }
    List<String> dropped = new ArrayList<>();
    List<String> rollback = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      String name = i == 1 ? "\"odd name\"" : "c" + i;
      String bare = name.replace("\"", "");
      String type = types.get(random.nextInt(types.size()));
      table.append(", ").append(name).append(' ').append(type);
      switch (random.nextInt(4)) {
        case 0 -> dropped.add(bare);
        case 1 -> {
          dropped.add(bare);
          String from = "coalesce(" + name + ", 'none')";
          columns.append(
              "    n%d: { definition: NOT NULL, from: '%s' }\n".formatted(i, quoted(from)));
          rollback.add("    '%s': n%d\n".formatted(bare, i));
        }
        case 2 -> {
          kept.add(name);
          columns.append(
              "    '%s': { definition: '%s NOT NULL', when_null: '''x'' || k1' }\n"
                  .formatted(bare, type));
        }
        default -> {
          kept.add(name);
          columns.append(
              "    '%s': '%s'\n".formatted(bare, type.isEmpty() ? "DEFAULT NULL" : type));
        }
      }
    }
    boolean self = kind < 2 && random.nextBoolean();
    if (self) {
      table.append(", up INTEGER REFERENCES t(k1) ON DELETE SET NULL");
      columns.append("    up: INTEGER REFERENCES t(k1) ON DELETE SET NULL\n");
      kept.add("up");
    }
    ddl.add(table.append(tail).append(")").append(options).toString());
    around();
    fill(width, kind, self);
    plan =
        "cairn: 1\nname: again\nrebuild:\n  table: t\n  columns:\n"
            + columns
            + (kind == 3 ? "  constraints: ['PRIMARY KEY (k1, k2)']\n" : "")
            + (options.isEmpty() ? "" : "  options: WITHOUT ROWID\n")
            + "  drop: ["
            + String.join(", ", dropped.stream().map(each -> "'" + each + "'").toList())
            + "]\n"
            + "  indexes: { made: k1 }\n"
            + (rollback.isEmpty() ? "" : "  rollback:\n" + String.join("", rollback));
  }

  private void around() {
    String refer = key.equals("k1") ? "t1" : "t1, t2";
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String cascade = List.of("CASCADE", "SET NULL", "NO ACTION").get(random.nextInt(3));
      ddl.add(
          "CREATE TABLE child%d (id INTEGER PRIMARY KEY, t1, t2, FOREIGN KEY (%s) REFERENCES \"t\" (%s) ON DELETE %s)"
              .formatted(i, refer, key, cascade));
    }
    ddl.add("CREATE TABLE log (what)");
    if (!kept.isEmpty()) {
      String column = kept.get(random.nextInt(kept.size()));
      ddl.add("CREATE INDEX i_kept ON t (" + column + " COLLATE NOCASE, k1) WHERE k1 IS NOT NULL");
      keptIndexes.add("i_kept");
      ddl.add("CREATE VIEW seen AS SELECT k1, " + column + " AS it FROM t WHERE k1 > ''");
      ddl.add(
          "CREATE TRIGGER on_t AFTER UPDATE OF %s ON t BEGIN INSERT INTO log VALUES (new.k1); END"
              .formatted(column));
    }
    ddl.add("CREATE TRIGGER gone_t BEFORE DELETE ON t BEGIN INSERT INTO log VALUES (old.k1); END");
    ddl.add(
        "CREATE TRIGGER on_child AFTER INSERT ON child0 WHEN new.id < 0"
            + " BEGIN DELETE FROM t WHERE k1 = new.t1; END");
  }

  private void fill(int width, int kind, boolean self) {
    int count = random.nextInt(30);
    for (int row = 1; row <= count; row++) {
      List<String> values = new ArrayList<>();
      values.add(kind == 2 ? "'k" + row + "'" : String.valueOf(row * 3));
      if (kind == 3) {
        values.add("'b" + row % 4 + "'");
      }
      for (int i = 0; i < width; i++) {
        values.add(value());
      }
      if (self) {
        values.add(row > 1 && random.nextBoolean() ? "3" : "NULL");
      }
      rows.add("INSERT INTO t VALUES (" + String.join(", ", values) + ")");
      String to = values.get(0) + ", " + (kind == 3 ? values.get(1) : "NULL");
      rows.add("INSERT INTO child0 (t1, t2) VALUES (" + to + ")");
    }
    if (numbered && count > 3) {
      rows.add("DELETE FROM child0 WHERE t1 = " + count * 3);
      rows.add("DELETE FROM t WHERE k1 = " + count * 3);
    }
  }

  private String value() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "NULL";
      case 2 -> String.valueOf(random.nextLong());
      case 3 -> String.valueOf(random.nextDouble());
      case 4 -> "x'00ff'";
      case 5 -> "'007'";
      case 6 -> "''";
      default -> "'it''s " + random.nextInt(50) + "'";
    };
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }
}
