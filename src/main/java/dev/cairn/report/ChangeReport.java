package dev.cairn.report;

import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a measured change says of its step: how many rows, of which table, and in which way. */
record ChangeReport(Measured measured) implements StepReport {

  @Override
  public List<String> columns() {
    return List.of("table", "change", "rows", "runs as");
  }

  @Override
  public List<List<Object>> rows() {
    return measured.lanes().stream()
        .map(
            lane ->
                List.<Object>of(
                    step().target().table().name(),
                    step().kind().word(),
                    lane.sourceRows(),
                    batching(lane).words()))
        .toList();
  }

  @Override
  public String heading() {
    return "plan %s: %s of %s%n"
        .formatted(measured.plan().name(), step().kind().word(), step().target().table().name());
  }

  @Override
  public String summary() {
    return "%s %s of %s"
        .formatted(
            step().kind().word(),
            Counted.rows(measured.total(Lane::toWrite)),
            step().target().table().name());
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s; about %s s%s%n"
            .formatted(
                Counted.rows(measured.total(Lane::sourceRows)),
                measured.estimateSeconds(),
                why().isEmpty() ? "" : "; " + why()));
    if (!step().alsoTouched().isEmpty()) {
      out.append("also journalled, as cascades or triggers may write them: ");
      out.append(
          String.join(
              ", ", step().alsoTouched().stream().map(each -> each.table().name()).toList()));
      out.append('\n');
    }
    return out.append('\n').append(step().sql().strip()).append('\n').toString();
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "ChangeRows");
    map.put("target", step().target().table().name());
    map.put("key", step().target().key());
    map.put("sql", step().sql());
    Batching batching = measured.lanes().stream().findFirst().map(this::batching).orElse(null);
    map.put("batched", batching != null && batching != Batching.WHOLE);
    map.put("runs_as", batching == null ? null : batching.words());
    map.put("reason", why().isEmpty() ? null : why());
    map.put("also_touched", step().alsoTouched().stream().map(t -> t.table().name()).toList());
    return List.of(map);
  }

  /** Why it isn't cut more finely, where it could have been. */
  private String why() {
    boolean whole = measured.lanes().stream().anyMatch(lane -> batching(lane) == Batching.WHOLE);
    if (whole) {
      String reason = step().reason().isEmpty() ? "a row is met twice" : step().reason();
      return "not in batches: " + reason;
    }
    return "";
  }

  private Batching batching(Lane lane) {
    return Batching.valueOf(lane.variant());
  }

  private ChangeRows step() {
    return (ChangeRows) measured.plan().step();
  }
}
