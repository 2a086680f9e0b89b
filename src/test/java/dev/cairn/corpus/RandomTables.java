package dev.cairn.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Tables with a key of two or three columns, and rows in which the same ids stand under every
 * leading value: a parent, two kinds of children, and a table of the leading values.
 */
final class RandomTables {
  /**
   * A table as one end of a link.
   *
   * @param key the columns that stand for the parent's key, in its order
   * @param others the columns that don't: kind, amount, code and what names the row itself
   * @param ownKey the columns of its own primary key
   */
  record End(String table, List<String> key, List<String> others, List<String> ownKey) {
    List<String> columns() {
      List<String> all = new ArrayList<>(key);
      others.stream().filter(each -> !all.contains(each)).forEach(all::add);
      return all;
    }
  }

  private static final int VALUES = 3;

  final int width;
  final boolean declared;
  final End parent;
  final End child;
  final End sibling;
  final End leaders;
  private final List<Boolean> texts = new ArrayList<>();
  private final boolean withoutRowid;
  private final boolean leadersDeclared;
  private final long seed;

  RandomTables(Tape tape) {
    width = 2 + tape.pick(2);
    declared = !tape.chance(30);
    for (int i = 0; i < width; i++) {
      texts.add(tape.chance(30));
    }
    withoutRowid = tape.chance(20);
    leadersDeclared = declared && tape.chance(40);
    List<String> leading =
        width == 2 ? List.of(tape.of("tenant", "region")) : List.of("country", "site");
    List<String> key = new ArrayList<>(leading);
    key.add(declared ? "id" : "number");
    List<String> renamed = new ArrayList<>();
    boolean rename = declared && tape.chance(20);
    leading.forEach(each -> renamed.add(rename ? "of_" + each : each));
    renamed.add(declared ? tape.of("unit_id", "ref") : "number");
    parent = new End(tape.of("units", "Order"), key, List.of("kind", "amount", "code"), key);
    child = end(tape.of("lines", "group"), renamed, "seq", tape.chance(40));
    List<String> otherwise = new ArrayList<>(renamed);
    if (declared && tape.chance(50)) {
      otherwise.set(width - 1, "about"); // one parent, two names for it
    }
    sibling = end(tape.of("notes", "Log \"x\""), otherwise, "note_no", tape.chance(30));
    String leader = leading.get(0);
    leaders = new End("leaders", List.of(leader), List.of("title"), List.of(leader));
    seed = tape.pick(10_000);
  }

  private static End end(String table, List<String> key, String number, boolean numbered) {
    List<String> own = new ArrayList<>(numbered ? List.of() : key);
    own.add(numbered ? "row" : number);
    List<String> others = new ArrayList<>(List.of("kind", "amount", "code", number));
    if (numbered) {
      others.add("row");
    }
    return new End(table, key, others, own);
  }

  boolean text(int column) {
    return texts.get(column);
  }

  /** One value that the key's column has in many rows. */
  String value(int column, int n) {
    return text(column) ? "'v" + n + "'" : String.valueOf(n);
  }

  /** Everything that makes the tables, views and rows; each statement ends with its line. */
  String script() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "CREATE TABLE leaders (%s %s PRIMARY KEY, title TEXT);"
            .formatted(leaders.key().get(0), type(0)));
    lines.add(
        "CREATE TABLE %s (%s, kind TEXT NOT NULL, amount INTEGER NOT NULL, code TEXT UNIQUE, PRIMARY KEY (%s)%s)%s;"
            .formatted(
                quoted(parent.table()),
                typed(parent.key()),
                String.join(", ", parent.key()),
                leadersDeclared
                    ? ", FOREIGN KEY (" + parent.key().get(0) + ") REFERENCES leaders"
                    : "",
                withoutRowid ? " WITHOUT ROWID" : ""));
    lines.add(childTable(child));
    lines.add(childTable(sibling));
    lines.add("CREATE TABLE audit (a, b, c);");
    for (End end : List.of(parent, child, sibling)) {
      lines.add(view(end, viewOf(end), end.columns()));
      List<String> half = new ArrayList<>(end.columns());
      half.remove(end.key().get(0));
      lines.add(view(end, halfViewOf(end), half));
    }
    rows(lines);
    return String.join("\n", lines);
  }

  static String viewOf(End end) {
    return "all_" + end.table().replaceAll("[^a-z]", "");
  }

  static String halfViewOf(End end) {
    return "half_" + end.table().replaceAll("[^a-z]", "");
  }

  private String childTable(End end) {
    boolean numbered = end.ownKey().size() == 1;
    String number = end.others().get(3);
    return "CREATE TABLE %s (%s%s, %s INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER, code TEXT%s%s);"
        .formatted(
            quoted(end.table()),
            numbered ? "row INTEGER PRIMARY KEY, " : "",
            typed(end.key()),
            number,
            numbered
                ? ", UNIQUE (" + String.join(", ", end.key()) + ", " + number + ")"
                : ", PRIMARY KEY (" + String.join(", ", end.ownKey()) + ")",
            declared
                ? ", FOREIGN KEY (%s) REFERENCES %s (%s)"
                    .formatted(
                        String.join(", ", end.key()),
                        quoted(parent.table()),
                        String.join(", ", parent.key()))
                : "");
  }

  private static String view(End end, String name, List<String> columns) {
    return "CREATE VIEW %s AS SELECT %s FROM %s;"
        .formatted(
            quoted(name),
            columns.stream()
                .map(each -> quoted(each) + " AS x_" + each)
                .collect(Collectors.joining(", ")),
            quoted(end.table()));
  }

  private String typed(List<String> columns) {
    List<String> typed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      typed.add(columns.get(i) + " " + type(i) + " NOT NULL");
    }
    return String.join(", ", typed);
  }

  private String type(int column) {
    return text(column) ? "TEXT" : "INTEGER";
  }

  private void rows(List<String> lines) {
    Random random = new Random(seed);
    for (int i = 1; i <= VALUES; i++) {
      lines.add("INSERT INTO leaders VALUES (%s, 't%d');".formatted(value(0, i), i));
    }
    int all = (int) Math.pow(VALUES, width);
    for (int n = 0; n < all; n++) {
      if (random.nextInt(5) > 0) {
        String key = key(n);
        String kind = "'" + "abc".charAt(random.nextInt(3)) + "'";
        lines.add(
            "INSERT INTO %s VALUES (%s, %s, %d, 'c%d');"
                .formatted(quoted(parent.table()), key, kind, 10 + n, n));
        children(lines, child, random, key, n);
        children(lines, sibling, random, key, n);
      }
    }
  }

  private static void children(List<String> lines, End end, Random random, String key, int n) {
    int rows = random.nextInt(width(random));
    for (int i = 1; i <= rows; i++) {
      List<String> columns = new ArrayList<>(end.key());
      columns.addAll(List.of(end.others().get(3), "kind", "amount", "code"));
      lines.add(
          "INSERT INTO %s (%s) VALUES (%s, %d, '%s', %s, 'c%d');"
              .formatted(
                  quoted(end.table()),
                  String.join(", ", columns),
                  key,
                  i,
                  "abc".charAt(random.nextInt(3)),
                  random.nextInt(9) == 0 ? "NULL" : String.valueOf(random.nextInt(30)),
                  n));
    }
  }

  private static int width(Random random) {
    return 2 + random.nextInt(2);
  }

  private String key(int n) {
    List<String> values = new ArrayList<>();
    int rest = n;
    for (int i = 0; i < width; i++) {
      values.add(value(i, 1 + rest % VALUES));
      rest /= VALUES;
    }
    return String.join(", ", values);
  }

  static String quoted(String name) {
    return name.matches("[a-z_0-9]+") && !name.equals("group")
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }
}
