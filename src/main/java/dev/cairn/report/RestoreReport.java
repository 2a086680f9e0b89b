package dev.cairn.report;

import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.RestoreRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a measured plan says of the rows that it puts back, step by step. */
record RestoreReport(Measured measured) implements StepReport {

  /** The tables that it writes, in words. */
  private String tables() {
    return measured.plan().restores().stream()
        .map(step -> step.target().table().name())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<String> columns() {
    return List.of("table", "change", "rows", "runs as");
  }

  @Override
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < measured.lanes().size(); i++) {
      RestoreRows step = measured.plan().restores().get(i);
      Lane lane = measured.lanes().get(i);
      rows.add(
          List.of(
              step.target().table().name(),
              words(step.kind()),
              lane.sourceRows(),
              Batching.valueOf(lane.variant()).words()));
    }
    return rows;
  }

  @Override
  public String heading() {
    return "plan %s: rows of %s are put back%n".formatted(measured.plan().name(), tables());
  }

  @Override
  public String summary() {
    return "put back %s of %s".formatted(Counted.rows(measured.total(Lane::toWrite)), tables());
  }

  @Override
  public String text() {
    return "%s; about %s s%n%n"
        .formatted(Counted.rows(measured.total(Lane::sourceRows)), measured.estimateSeconds());
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < measured.lanes().size(); i++) {
      RestoreRows step = measured.plan().restores().get(i);
      Batching batching = Batching.valueOf(measured.lanes().get(i).variant());
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", "RestoreRows");
      map.put("change", step.kind().word());
      map.put("target", step.target().table().name());
      map.put("key", step.target().key());
      map.put("sql", step.rows().sql());
      map.put("batched", batching != Batching.WHOLE);
      map.put("runs_as", batching.words());
      steps.add(map);
    }
    return steps;
  }

  private static String words(ChangeKind kind) {
    return switch (kind) {
      case INSERT -> "put in again";
      case UPDATE -> "put back";
      case DELETE -> "removed";
    };
  }
}
