package dev.cairn.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An index.
 *
 * @param name as declared, or the engine's own name for the index behind a key
 * @param unique whether it refuses a second row with the same columns
 * @param primary whether it stands behind the primary key
 * @param columns in order; what is no plain column stands as the empty text: an expression, or a
 *     column that the index compares in another way than the table does
 * @param parts the same as they are written, expressions included: {@code lower(name)}, {@code name
 *     COLLATE NOCASE}; an engine's own index has the columns' names
 * @param where the predicate of a partial index as it is written
 * @param onConflict what a row in conflict leads to where nothing else is said (SQLite): REPLACE,
 *     IGNORE, FAIL, ROLLBACK; empty for an error
 */
public record Index(
    String name,
    boolean unique,
    boolean primary,
    List<String> columns,
    List<String> parts,
    Optional<String> where,
    String onConflict) {

  public Index {
    columns = List.copyOf(columns);
    parts = List.copyOf(parts);
  }

  /** Whether it holds only the rows of a WHERE. */
  public boolean partial() {
    return where.isPresent();
  }

  /** Whether a search by these columns, in this order, is served by it. */
  public boolean leadsWith(List<String> names) {
    if (partial() || columns.size() < names.size()) {
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
