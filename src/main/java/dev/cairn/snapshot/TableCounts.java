package dev.cairn.snapshot;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many rows each table has that is stored. */
final class TableCounts {
  private TableCounts() {}

  static Map<String, Long> of(Dialect dialect, Catalog catalog, ReadView view) {
    Map<String, Long> counts = new TreeMap<>();
    for (Table table : catalog.tables()) {
      boolean stored =
          !table.view() && !table.sql().toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL");
      if (stored) {
        String name = dialect.table(table.name());
        counts.put(table.name(), view.number(SqlFragment.of("SELECT count(*) FROM " + name)));
      }
    }
    return counts;
  }
}
