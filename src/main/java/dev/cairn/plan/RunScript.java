package dev.cairn.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Statements that run as they stand, in one transaction: changes of the schema, and changes of rows
 * of which every row is journalled.
 *
 * @param statements in order
 * @param requires what must hold when the transaction begins
 * @param ensures what must hold before it ends
 * @param rollback the statements that take its changes of the schema back; empty where none are
 *     declared
 * @param undoes the run whose changes of the schema it takes back; 0 for none
 */
public record RunScript(
    List<ScriptStatement> statements,
    List<Condition> requires,
    List<Condition> ensures,
    List<String> rollback,
    long undoes)
    implements PlanStep {

  public RunScript {
    statements = List.copyOf(statements);
    requires = List.copyOf(requires);
    ensures = List.copyOf(ensures);
    rollback = List.copyOf(rollback);
  }

  /** The tables whose rows it may change, each once. */
  public List<TouchedTable> touched() {
    Map<String, TouchedTable> touched = new LinkedHashMap<>();
    for (ScriptStatement each : statements) {
      each.change()
          .ifPresent(
              change ->
                  change
                      .touched()
                      .forEach(
                          table ->
                              touched.put(table.table().name().toLowerCase(Locale.ROOT), table)));
    }
    return List.copyOf(touched.values());
  }

  /** Whether it changes the schema. */
  public boolean changesSchema() {
    return statements.stream().anyMatch(each -> each.change().isEmpty());
  }

  /** Whether it changes the schema and says no way back. */
  public boolean isOneWay() {
    return changesSchema() && rollback.isEmpty() && undoes == 0;
  }

  @Override
  public String tableName() {
    return touched().isEmpty() ? "" : touched().get(0).table().name();
  }
}
