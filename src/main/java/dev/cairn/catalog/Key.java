package dev.cairn.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Columns that together name one row; composite when there are more than one.
 *
 * @param kind primary key or unique index
 * @param name the index behind it, empty for a rowid alias
 * @param columns in the index's order
 */
public record Key(KeyKind kind, String name, List<String> columns) {

  public Key {
    columns = List.copyOf(columns);
  }

  /** Whether exactly these columns make up the key, in any order. */
  public boolean covers(List<String> names) {
    return folded(columns).equals(folded(names));
  }

  /** Whether more than one column is needed to name a row. */
  public boolean composite() {
    return columns.size() > 1;
  }

  private static HashSet<String> folded(List<String> names) {
    HashSet<String> result = new HashSet<>();
    names.forEach(name -> result.add(name.toLowerCase(Locale.ROOT)));
    return result;
  }
}
