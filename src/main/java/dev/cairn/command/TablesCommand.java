package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import java.util.ArrayList;
import java.util.List;

/** {@code tables}. */
final class TablesCommand implements Command {
  @Override
  public String name() {
    return "tables";
  }

  @Override
  public String usage() {
    return "tables";
  }

  @Override
  public String summary() {
    return "lists tables and views with their keys";
  }

  @Override
  public void run(Session session, String rest) {
    Catalog catalog = session.database().catalog();
    List<List<Object>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      rows.add(
          List.of(
              table.name(),
              table.view() ? "view" : Catalog.isOwn(table.name()) ? "cairn" : "table",
              (long) table.columns().size(),
              String.join(", ", table.primaryKey()),
              (long) table.indexes().size(),
              (long) catalog.referencesTo(table.name()).size()));
    }
    session
        .output()
        .rows(List.of("table", "kind", "columns", "primary_key", "indexes", "referenced_by"), rows);
  }
}
