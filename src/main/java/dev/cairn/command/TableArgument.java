package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;

/** The table that a command's line names. */
final class TableArgument {
  private TableArgument() {}

  /** Fails with exit 1 and the nearest name where there is none. */
  static Table find(Catalog catalog, String typed) {
    String name = unquoted(typed);
    return catalog.table(name).orElseThrow(() -> catalog.noTable(name));
  }

  /** A name as it is typed, perhaps in quotes. */
  static String unquoted(String typed) {
    boolean quoted = typed.length() > 1 && typed.startsWith("\"") && typed.endsWith("\"");
    return quoted ? typed.substring(1, typed.length() - 1).replace("\"\"", "\"") : typed;
  }
}
