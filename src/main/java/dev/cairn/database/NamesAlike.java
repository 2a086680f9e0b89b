package dev.cairn.database;

import dev.cairn.catalog.Column;
import dev.cairn.error.CairnException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that an engine tells apart and the rest of Cairn doesn't, which would write the one where
 * the other was meant: those that differ in the case of a letter alone.
 */
final class NamesAlike {
  private NamesAlike() {}

  /**
   * Fails with exit 3 where there are any.
   *
   * @param columns of each table
   */
  static void refuse(Map<String, List<Column>> columns) {
    refuse("tables", columns.keySet());
    columns.forEach(
        (table, all) -> refuse("columns of " + table, all.stream().map(Column::name).toList()));
  }

  private static void refuse(String what, Collection<String> names) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      String other = seen.putIfAbsent(name, name);
      if (other != null) {
        throw CairnException.refused(
                "names-alike",
                "two %s differ in the case of a letter alone: %s and %s"
                    .formatted(what, other, name))
            .hint("Cairn can't tell them apart safely: rename one of them with another shell");
      }
    }
  }
}
