package dev.cairn.catalog;

import dev.cairn.sql.DdlParser;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.CreateTrigger;
import dev.cairn.sql.tree.Name;
import java.util.List;

/**
 * A trigger.
 *
 * @param name as declared
 * @param table the table or view that it belongs to
 * @param timing BEFORE, AFTER or INSTEAD OF; empty where the text isn't understood
 * @param events INSERT, UPDATE, DELETE, TRUNCATE; empty where the text isn't understood, which
 *     means any of them
 * @param columns those behind UPDATE OF; empty for every column
 * @param sql the text that made it; what it runs stands there
 */
public record Trigger(
    String name,
    String table,
    String timing,
    List<String> events,
    List<String> columns,
    String sql) {

  public Trigger {
    events = List.copyOf(events);
    columns = List.copyOf(columns);
  }

  /** A trigger as its text tells it. */
  public static Trigger of(String name, String table, String sql, Flavour flavour) {
    return DdlParser.outline(sql, flavour)
        .filter(CreateTrigger.class::isInstance)
        .map(CreateTrigger.class::cast)
        .map(
            found ->
                new Trigger(
                    name,
                    table,
                    found.timing(),
                    found.events(),
                    found.updateOf().stream().map(Name::text).toList(),
                    sql))
        .orElseGet(() -> new Trigger(name, table, "", List.of(), List.of(), sql));
  }

  /** Whether such an event may set it off; true too where nobody knows. */
  public boolean firesOn(String event) {
    return events.isEmpty() || events.contains(event);
  }
}
