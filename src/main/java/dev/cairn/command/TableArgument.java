package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.error.CairnException;

/** The table that a command's line names. */
final class TableArgument {
  private TableArgument() {}

  /** Fails with exit 1 and the nearest name where there is none. */
  static Table find(Catalog catalog, String typed) {
    String name = bare(typed);
    CairnException missing =
        CairnException.failed("no-such-table", "there is no table '" + name + "'");
    return catalog
        .table(name)
        .orElseThrow(
            () ->
                catalog
                    .nearest(name)
                    .map(near -> missing.hint("did you mean " + near + "?"))
                    .orElse(missing.hint("`tables` lists them")));
  }

  /** A name without the quotes that it was typed in. */
  static String bare(String typed) {
    boolean quoted = typed.length() > 1 && typed.startsWith("\"") && typed.endsWith("\"");
    return quoted ? typed.substring(1, typed.length() - 1) : typed;
  }
}
