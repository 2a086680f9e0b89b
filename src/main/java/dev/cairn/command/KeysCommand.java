package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.command.Expected.Names;
import dev.cairn.report.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code keys [TABLE]}. */
final class KeysCommand implements Command {
  private static final int SHOWN = 2;

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String usage() {
    return "keys [TABLE]";
  }

  @Override
  public String summary() {
    return "shows each key and which foreign keys reach it";
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.first(before, Names.TABLES);
  }

  @Override
  public void run(Session session, String rest) {
    Catalog catalog = session.database().catalog();
    List<Table> tables =
        rest.isEmpty()
            ? catalog.tables().stream().filter(table -> !Catalog.isOwn(table.name())).toList()
            : List.of(TableArgument.find(catalog, rest));
    // Where people read, a key that half the database refers to takes one line all the same.
    boolean all = !rest.isEmpty() || session.settings().format() != Format.TABLE;
    List<List<Object>> rows = new ArrayList<>();
    for (Table table : tables) {
      for (Key key : table.keys()) {
        rows.add(
            List.of(
                table.name(),
                key.kind().name().toLowerCase(Locale.ROOT),
                String.join(", ", key.columns()),
                reachedBy(catalog, table, key, all)));
      }
    }
    session.output().rows(List.of("table", "kind", "columns", "reached_by"), rows);
  }

  private static String reachedBy(Catalog catalog, Table table, Key key, boolean all) {
    List<String> keys =
        catalog.referencesTo(table.name()).stream()
            .filter(reference -> key.covers(reference.parentColumns()))
            .map(KeysCommand::describe)
            .toList();
    return all || keys.size() <= SHOWN
        ? String.join("; ", keys)
        : "%s; and %d more: `keys %s`"
            .formatted(
                String.join("; ", keys.subList(0, SHOWN)), keys.size() - SHOWN, table.name());
  }

  private static String describe(ForeignKey key) {
    return key.table() + " (" + String.join(", ", key.columns()) + ")";
  }
}
