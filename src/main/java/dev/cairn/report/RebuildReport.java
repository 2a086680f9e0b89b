package dev.cairn.report;

import dev.cairn.catalog.SchemaObject;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.RebuildTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a measured rebuild says of its step: what each column is made of, and what goes along. */
record RebuildReport(Measured measured) implements StepReport {

  @Override
  public List<String> columns() {
    return List.of("column", "type", "from");
  }

  @Override
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (var column : step().made().columns()) {
      String from = step().forward().get(column.name());
      rows.add(List.of(column.name(), column.type(), from == null ? "" : from));
    }
    return rows;
  }

  @Override
  public String heading() {
    return "plan %s: %s is made anew%s%n"
        .formatted(
            measured.plan().name(),
            step().old().name(),
            step().undoes() > 0 ? ", as it was before run " + step().undoes() : "");
  }

  @Override
  public String summary() {
    return "make %s with its %s anew"
        .formatted(step().old().name(), Counted.rows(measured.total(Lane::sourceRows)));
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s in one transaction; a writer waits about %s s%n"
            .formatted(Counted.rows(measured.total(Lane::sourceRows)), measured.estimateSeconds()));
    list(out, "made again: ", step().swap().after().stream().map(RebuildReport::word).toList());
    list(out, "rows that refer to it stay: ", step().swap().children());
    return out.append('\n').append(step().swap().create()).append('\n').toString();
  }

  private static void list(StringBuilder out, String words, List<String> names) {
    if (!names.isEmpty()) {
      out.append(words).append(String.join(", ", names)).append('\n');
    }
  }

  private static String word(SchemaObject object) {
    return object.type() + " " + object.name();
  }

  @Override
  public List<Map<String, Object>> jsonSteps() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "RebuildTable");
    map.put("target", step().old().name());
    map.put("key", step().key());
    map.put("sql", step().swap().create());
    map.put("batched", false);
    map.put("columns", step().forward());
    map.put("made", step().swap().after().stream().map(RebuildReport::word).toList());
    map.put("children", step().swap().children());
    map.put("undoes", step().undoes() > 0 ? step().undoes() : null);
    return List.of(map);
  }

  private RebuildTable step() {
    return (RebuildTable) measured.plan().step();
  }
}
