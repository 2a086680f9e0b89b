package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys by which a row to insert can meet a row that is there. A key with a column that the
 * statement leaves to a NULL or to the next row number never does.
 */
final class ConflictKeys {
  private final Table table;
  private final Dialect dialect;
  private final List<Column> given;
  private final List<List<String>> keys = new ArrayList<>();
  private final List<List<String>> values = new ArrayList<>();

  private ConflictKeys(Table table, List<Column> given, Dialect dialect) {
    this.table = table;
    this.given = given;
    this.dialect = dialect;
  }

  /**
   * @param given the columns that the statement gives, in its order
   * @param only the columns of the one key that it speaks of; empty for every key
   */
  static ConflictKeys of(Table table, List<Column> given, List<String> only, Dialect dialect) {
    ConflictKeys result = new ConflictKeys(table, given, dialect);
    for (Key key : table.keys()) {
      if (only.isEmpty() || key.covers(only)) {
        result.add(key.columns());
      }
    }
    return result;
  }

  private void add(List<String> key) {
    List<String> row = new ArrayList<>();
    for (String column : key) {
      Optional<String> value = value(column);
      if (value.isEmpty()) {
        return;
      }
      row.add(value.get());
    }
    keys.add(key);
    values.add(row);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The first key's values in a row to insert. */
  List<String> firstValues() {
    return values.get(0);
  }

  /** The first key's values as terms of a GROUP BY that takes rows of one key together. */
  List<String> firstGroups() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < values.get(0).size(); i++) {
      String value = values.get(0).get(i);
      Optional<Column> column = table.column(keys.get(0).get(i));
      if (value.startsWith(InsertedRows.SOURCE) && column.isPresent()) {
        String collation = column.get().collation();
        String collated = collation.isEmpty() ? "" : " COLLATE " + dialect.quote(collation);
        groups.add("(" + dialect.asStored(column.get(), table, value) + ")" + collated);
      }
    }
    // Every row has the same value in a key that is left to a default.
    return groups.isEmpty() ? List.of("'' || ''") : groups;
  }

  /**
   * SQL of a row's state: NULL where none of its keys is there, 2 where its first key is there and
   * the condition holds, else 1.
   *
   * @param identical a condition over the target's row, named {@code cairn_t}
   */
  String state(String identical) {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String state = i == 0 ? "CASE WHEN " + identical + " THEN 2 ELSE 1 END" : "1";
      states.add(
          "(SELECT "
              + state
              + " FROM "
              + target()
              + " AS cairn_t WHERE "
              + match(i, "cairn_t")
              + ")");
    }
    return switch (states.size()) {
      case 0 -> "NULL";
      case 1 -> states.get(0);
      default -> "coalesce(" + String.join(", ", states) + ")";
    };
  }

  /** Holds where a row of the target, named by its label, has the first key of a row to insert. */
  String matchFirst(String label) {
    return match(0, label);
  }

  /** Holds where a row of the target has any key of a row to insert. */
  String matchAny(String label) {
    List<String> any = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      any.add("(" + match(i, label) + ")");
    }
    return String.join(" OR ", any);
  }

  private String match(int index, String label) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < keys.get(index).size(); i++) {
      String stored = label + "." + dialect.quote(keys.get(index).get(i));
      terms.add(dialect.sameKey(stored, values.get(index).get(i)));
    }
    return terms.stream().collect(Collectors.joining(" AND "));
  }

  private String target() {
    return dialect.quote(dialect.mainSchema()) + "." + dialect.quote(table.name());
  }

  /** What a row to insert has in a column; empty where that can't be the value of a row there. */
  private Optional<String> value(String column) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).name().equalsIgnoreCase(column)) {
        return Optional.of(InsertedRows.SOURCE + ".cairn_c" + (i + 1));
      }
    }
    String usual = table.column(column).map(Column::defaultValue).orElse(null);
    boolean none = usual == null || usual.toUpperCase(Locale.ROOT).equals("NULL");
    return none ? Optional.empty() : Optional.of("(" + usual + ")");
  }
}
