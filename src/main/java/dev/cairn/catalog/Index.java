package dev.cairn.catalog;

import java.util.List;

/**
 * An index.
 *
 * @param name as declared, or the engine's own name for the index behind a key
 * @param unique whether it refuses a second row with the same columns
 * @param partial whether it holds only the rows of a WHERE
 * @param primary whether it stands behind the primary key
 * @param columns in order; an expression stands as the empty text
 */
public record Index(
    String name, boolean unique, boolean partial, boolean primary, List<String> columns) {

  public Index {
    columns = List.copyOf(columns);
  }

  /** Whether a search by these columns, in this order, is served by it. */
  public boolean leadsWith(List<String> names) {
    if (partial || columns.size() < names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!columns.get(i).equalsIgnoreCase(names.get(i))) {
        return false;
      }
    }
    return true;
  }
}
