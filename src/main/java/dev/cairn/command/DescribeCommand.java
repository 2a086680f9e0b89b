package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code describe TABLE}. */
final class DescribeCommand implements Command {
  @Override
  public String name() {
    return "describe";
  }

  @Override
  public String usage() {
    return "describe TABLE";
  }

  @Override
  public String summary() {
    return "shows a table's columns, which key each belongs to, and what each refers to";
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.first(before, Names.TABLES);
  }

  @Override
  public void run(Session session, String rest) {
    if (rest.isEmpty()) {
      throw CairnException.usage("describe what?").hint(usage());
    }
    Catalog catalog = session.database().catalog();
    Table table = TableArgument.find(catalog, rest);
    List<List<Object>> rows = new ArrayList<>();
    for (Column column : table.columns()) {
      rows.add(
          Arrays.asList(
              column.name(),
              column.type(),
              column.notNull() ? "NOT NULL" : "",
              column.defaultValue(),
              keys(table, column),
              references(table, column)));
    }
    session.output().rows(List.of("column", "type", "null", "default", "keys", "refers_to"), rows);
  }

  private static String keys(Table table, Column column) {
    return table.keys().stream()
        .filter(key -> key.columns().stream().anyMatch(column.name()::equalsIgnoreCase))
        .map(
            key ->
                key.kind().name().toLowerCase(java.util.Locale.ROOT)
                    + (key.composite()
                        ? " " + (position(key.columns(), column) + 1) + "/" + key.columns().size()
                        : ""))
        .collect(Collectors.joining(", "));
  }

  private static int position(List<String> columns, Column column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column.name())) {
        return i;
      }
    }
    return -1;
  }

  private static String references(Table table, Column column) {
    return table.foreignKeys().stream()
        .filter(key -> key.columns().stream().anyMatch(column.name()::equalsIgnoreCase))
        .map(DescribeCommand::describe)
        .collect(Collectors.joining("; "));
  }

  static String describe(ForeignKey key) {
    return "%s (%s)%s"
        .formatted(
            key.parent(),
            String.join(", ", key.parentColumns()),
            key.onDelete().equals("NO ACTION")
                ? ""
                : " on delete " + key.onDelete().toLowerCase(java.util.Locale.ROOT));
  }
}
