package dev.cairn.report;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.preview.MeasuredSteps.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan of several steps would do, step by step.
 *
 * @param steps what is known of each; empty where only a summary is wanted
 */
record StepsReport(Measured whole, List<Step> steps, Dialect dialect) implements StepReport {

  @Override
  public String heading() {
    return "plan %s: %s%n".formatted(whole.plan().name(), Counted.of(whole.lanes().size(), "step"));
  }

  @Override
  public List<String> columns() {
    return List.of("step", "kind", "table", "rows", "what");
  }

  @Override
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (Step step : steps) {
      Object count = step.measured().map(each -> (Object) each.total(Lane::sourceRows)).orElse("");
      boolean script = step.part().kind().equals("script") || step.part().kind().equals("rollback");
      rows.add(
          List.of(
              step.part().name(),
              step.part().kind(),
              step.measured().map(Measured::plan).or(step::plan).map(Plan::tableName).orElse(""),
              script ? "" : count,
              what(step)));
    }
    return rows;
  }

  private String what(Step step) {
    return step.measured()
        .map(each -> StepReport.of(each, dialect).summary())
        .orElse(step.done() > 0 ? "done by run " + step.done() : "measured when its turn comes");
  }

  @Override
  public String text() {
    return "each step is a run with checkpoints of its own; `undo` takes them back, the last first\n";
  }

  @Override
  public String summary() {
    return "do %s: %s"
        .formatted(
            Counted.of(whole.lanes().size(), "step"),
            String.join(", ", whole.lanes().stream().map(Lane::label).toList()));
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    return steps.stream().map(this::json).toList();
  }

  private Map<String, Object> json(Step step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", step.part().name());
    map.put("measured", step.measured().isPresent());
    map.put("done_by", step.done() > 0 ? step.done() : null);
    List<Map<String, Object>> own =
        step.measured()
            .map(each -> StepReport.of(each, dialect).jsonSteps())
            .orElseGet(() -> planned(step));
    if (own.size() == 1) {
      map.putAll(own.get(0));
    } else {
      map.put("kind", step.part().kind().equals("undo") ? "RestoreRows" : step.part().kind());
      map.put("target", step.plan().map(Plan::tableName).orElse(null));
      map.put("sql", null);
      map.put("batched", !own.isEmpty() && Boolean.TRUE.equals(own.get(0).get("batched")));
      map.put("parts", own);
    }
    step.measured()
        .ifPresent(
            each -> {
              map.put("source_rows", each.total(Lane::sourceRows));
              map.put("expected_rows", each.total(Lane::expectedRows));
              map.put("already_there", each.total(Lane::alreadyThere));
            });
    return map;
  }

  /** What a plan says by itself, before the database was asked. */
  private List<Map<String, Object>> planned(Step step) {
    if (step.plan().isEmpty()) {
      return List.of();
    }
    Plan plan = step.plan().get();
    if (plan.step() instanceof dev.cairn.plan.RunScript) {
      return new ScriptReport(plan).jsonSteps();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", plan.step().getClass().getSimpleName());
    map.put("target", plan.tableName());
    map.put("sql", plan.step() instanceof dev.cairn.plan.ChangeRows change ? change.sql() : null);
    map.put("batched", null);
    return List.of(map);
  }
}
