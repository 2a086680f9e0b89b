package dev.cairn.report;

import dev.cairn.plan.Plan;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a script is: its statements, and whose rows it may change. */
record ScriptReport(Plan plan) implements StepReport {

  @Override
  public String heading() {
    return "plan %s: a script of %s in one transaction%n".formatted(plan.name(), statements());
  }

  @Override
  public List<String> columns() {
    return List.of("statement", "rows of");
  }

  @Override
  public List<List<Object>> rows() {
    return step().statements().stream()
        .map(
            each ->
                List.<Object>of(
                    each.words(),
                    each.change().map(change -> change.target().table().name()).orElse("")))
        .toList();
  }

  @Override
  public String text() {
    return "how many rows it changes is known when it has run\n";
  }

  @Override
  public String summary() {
    return "run a script of " + statements();
  }

  private String statements() {
    return Counted.of(step().statements().size(), "statement");
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "RunScript");
    map.put("target", plan.tableName().isEmpty() ? null : plan.tableName());
    map.put(
        "sql",
        step().statements().stream()
            .map(ScriptStatement::sql)
            .collect(Collectors.joining(";\n", "", ";")));
    map.put("batched", false);
    map.put("touched", step().touched().stream().map(each -> each.table().name()).toList());
    map.put("rollback", step().rollback());
    map.put("undoable", !step().isOneWay());
    return List.of(map);
  }

  private RunScript step() {
    return (RunScript) plan.step();
  }
}
