package dev.cairn.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Schema changes as people write them, right and wrong, about few names so that they meet. */
final class RandomDdl {
  private static final List<String> TABLES = List.of("a", "B", "point info", "d", "new_a");
  private static final List<String> COLUMNS = List.of("id", "k", "Name", "v w", "x", "ref");
  private static final List<String> TYPES =
      List.of(
          "",
          "INTEGER",
          "integer",
          "INT",
          "text",
          "VARCHAR(10)",
          "REAL",
          "blob",
          "numeric(10, 2)",
          "DOUBLE PRECISION");

  private final Random random;

  RandomDdl(long seed) {
    random = new Random(seed);
  }

  String statement() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> createTable();
      case 7, 8, 9 -> createIndex();
      case 10 -> createTrigger();
      case 11 -> "ALTER TABLE " + table() + " RENAME TO " + table();
      case 12 -> "ALTER TABLE " + table() + " RENAME COLUMN " + column() + " TO " + column();
      case 13 -> "ALTER TABLE " + table() + " ADD " + maybe("COLUMN ") + definition(false);
      case 14 -> "ALTER TABLE " + table() + " DROP COLUMN " + column();
      case 15 -> "DROP TABLE " + maybe("IF EXISTS ") + table();
      case 16 -> "DROP INDEX " + maybe("IF EXISTS ") + "i" + random.nextInt(5);
      case 17 -> "DROP TRIGGER " + maybe("IF EXISTS ") + "t" + random.nextInt(3);
      case 18 -> createView();
      default -> createTableAs();
    };
  }

  private String createTable() {
    List<String> elements = new ArrayList<>();
    int columns = 1 + random.nextInt(4);
    boolean keyed = chance(3);
    for (int i = 0; i < columns; i++) {
      elements.add(definition(keyed && i == 0));
    }
    if (!keyed && chance(2)) {
      elements.add(maybe("CONSTRAINT pk ") + "PRIMARY KEY (" + terms() + ")" + conflict());
    }
    while (chance(3)) {
      elements.add("UNIQUE (" + terms() + ")" + conflict());
    }
    while (chance(3)) {
      String list = column();
      elements.add("FOREIGN KEY (" + list + ") " + references());
    }
    if (chance(5)) {
      elements.add("CHECK (x <> ')' OR (1))");
    }
    return "CREATE TABLE "
        + maybe("IF NOT EXISTS ")
        + maybe("main.")
        + table()
        + " ("
        + String.join(", ", elements)
        + ")"
        + pick(List.of("", "", "", " WITHOUT ROWID", " STRICT", " STRICT, WITHOUT ROWID"));
  }

  private String definition(boolean key) {
    StringBuilder text = new StringBuilder(column()).append(' ').append(pick(TYPES));
    List<String> parts = new ArrayList<>();
    if (key) {
      parts.add("PRIMARY KEY" + pick(List.of("", "", " DESC", " ASC")) + conflict());
    }
    parts.addAll(
        some(
            "NOT NULL",
            "NOT NULL ON CONFLICT IGNORE",
            "UNIQUE" + conflict(),
            "COLLATE " + pick(List.of("nocase", "BINARY", "RTRIM")),
            "DEFAULT " + pick(List.of("1", "-1", "'a b'", "(1 + (2))", "NULL", "CURRENT_TIME")),
            "CHECK (1)",
            references(),
            "AS (1) STORED"));
    java.util.Collections.shuffle(parts, random);
    parts.forEach(part -> text.append(' ').append(part));
    return text.toString();
  }

  private List<String> some(String... all) {
    List<String> some = new ArrayList<>();
    for (String each : all) {
      if (chance(7)) {
        some.add(each);
      }
    }
    return some;
  }

  private String references() {
    return "REFERENCES "
        + table()
        + maybe(" (" + column() + ")")
        + maybe(" ON DELETE " + action())
        + maybe(" ON UPDATE " + action())
        + maybe(" DEFERRABLE INITIALLY DEFERRED");
  }

  private String action() {
    return pick(List.of("CASCADE", "SET NULL", "set default", "RESTRICT", "NO ACTION"));
  }

  private String conflict() {
    return pick(List.of("", "", "", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE"));
  }

  private String createIndex() {
    return "CREATE "
        + maybe("UNIQUE ")
        + "INDEX "
        + maybe("IF NOT EXISTS ")
        + "i"
        + random.nextInt(5)
        + " ON "
        + table()
        + " ("
        + ((chance(4) ? "lower(" + column() + "), " : "") + terms())
            // "nosuch" would be a text, until a column of that name is added.
            .replace('"', '`')
        + ")"
        + (chance(4) ? " WHERE " + column() + " IS NOT NULL" : "");
  }

  private String createTrigger() {
    String table = table();
    return "CREATE TRIGGER t"
        + random.nextInt(3)
        + pick(List.of(" ", " BEFORE ", " AFTER "))
        + pick(List.of("INSERT", "DELETE", "UPDATE", "UPDATE OF " + column()))
        + " ON "
        + table
        + " BEGIN DELETE FROM "
        + table()
        + " WHERE 0; END";
  }

  private String createView() {
    return "CREATE VIEW v" + random.nextInt(2) + " AS SELECT * FROM " + table();
  }

  private String createTableAs() {
    return "CREATE TABLE "
        + table()
        + " AS SELECT "
        + pick(List.of("*", column() + ", " + column() + " AS n", "t.*, " + column()))
        + " FROM "
        + table()
        + " AS t";
  }

  private String terms() {
    String terms = term();
    while (chance(2)) {
      terms += ", " + term();
    }
    return terms;
  }

  private String term() {
    return column() + pick(List.of("", "", "", " DESC", " COLLATE NOCASE", " COLLATE BINARY ASC"));
  }

  private String table() {
    return name(pick(TABLES));
  }

  private String column() {
    return name(pick(COLUMNS));
  }

  private String name(String name) {
    String cased = chance(4) ? name.toUpperCase(java.util.Locale.ROOT) : name;
    return switch (name.contains(" ") ? random.nextInt(3) : random.nextInt(8)) {
      case 0 -> "\"" + cased + "\"";
      case 1 -> "[" + cased + "]";
      case 2 -> "`" + cased + "`";
      default -> cased;
    };
  }

  private String maybe(String text) {
    return random.nextBoolean() ? text : "";
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
