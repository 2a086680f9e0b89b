package dev.cairn.report;

import dev.cairn.journal.BatchTally;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run: how far each lane has come and what became of its rows. */
public record RunReport(Run run) {

  /** The columns of the lanes' table. */
  public List<String> columns() {
    return List.of(
        "lane",
        "status",
        "batches",
        "source_rows",
        "expected",
        "inserted",
        "identical",
        "kept",
        "replaced",
        "updated",
        "deleted",
        "rejected",
        run.hasSteps() ? "done_by_run" : "watermark");
  }

  /** A row for each lane. */
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (LaneState lane : run.lanes()) {
      BatchTally tally = lane.tally();
      List<Object> row = new ArrayList<>();
      row.add(lane.value() == null ? "all" : lane.value());
      row.add(lane.status(run.status()));
      row.add(lane.batches());
      row.add(lane.sourceRowsDone());
      row.addAll(
          List.of(
              tally.expected(),
              tally.inserted(),
              tally.identical(),
              tally.kept(),
              tally.replaced(),
              tally.updated(),
              tally.deleted(),
              tally.rejected()));
      row.add(lane.watermark());
      rows.add(row);
    }
    return rows;
  }

  /** The sentence above the lanes' table. */
  public String heading() {
    return "run %d of %s: %s%s%n"
        .formatted(
            run.id(),
            run.plan(),
            run.status(),
            run.reason().map(why -> " (" + why + ")").orElse(""));
  }

  /** The sentence under the lanes' table. */
  public String text() {
    BatchTally tally = run.tally();
    StringBuilder out = new StringBuilder();
    out.append(
        "%,d of %s: %s; %s, %.1f s%n"
            .formatted(
                tally.expected(),
                Counted.rows(Math.max(tally.expected(), run.plannedRows())),
                counts(tally),
                Counted.of(run.batches(), "batch"),
                run.seconds()));
    boolean done = run.lanes().stream().allMatch(LaneState::done);
    if (done && tally.written() == 0 && !run.hasSteps()) {
      out.append("Nothing was written");
      out.append(tally.identical() > 0 ? ": every row was there.\n" : ".\n");
    }
    if (tally.kept() > 0) {
      out.append(
          run.kind() == RunKind.UNDO
              ? "Kept rows were changed since by somebody else"
              : "Kept rows have other values than the query");
      out.append("; `verify ");
      out.append(run.plan()).append("` lists them.\n");
    }
    if (run.status().isOpen()) {
      out.append("`resume ").append(run.id()).append("` goes on.\n");
    }
    return out.toString();
  }

  /** A migration's words are said whatever the numbers; a change's only where there are any. */
  private static String counts(BatchTally tally) {
    boolean changed = tally.updated() + tally.deleted() > 0;
    return changed
        ? "%,d updated, %,d deleted, %,d inserted, %,d kept, %,d rejected"
            .formatted(
                tally.updated(), tally.deleted(), tally.inserted(), tally.kept(), tally.rejected())
        : "%,d inserted, %,d identical, %,d kept, %,d replaced, %,d rejected"
            .formatted(
                tally.inserted(),
                tally.identical(),
                tally.kept(),
                tally.replaced(),
                tally.rejected());
  }

  /** The contract's fields. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.id());
    map.put("plan", run.plan());
    map.put("status", run.status().name());
    counts(map, run.tally());
    map.put("batches", run.batches());
    map.put("seconds", Math.round(run.seconds() * 1000) / 1000.0);
    map.put("reason", run.reason().orElse(null));
    map.put("lanes", run.lanes().stream().map(this::json).toList());
    return map;
  }

  private Map<String, Object> json(LaneState lane) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lane", lane.value());
    map.put("status", lane.status(run.status()));
    map.put("watermark", lane.watermark());
    map.put("source_rows", lane.sourceRowsDone());
    counts(map, lane.tally());
    map.put("batches", lane.batches());
    return map;
  }

  private static void counts(Map<String, Object> map, BatchTally tally) {
    map.put("expected", tally.expected());
    map.put("inserted", tally.inserted());
    map.put("identical", tally.identical());
    map.put("kept", tally.kept());
    map.put("replaced", tally.replaced());
    map.put("updated", tally.updated());
    map.put("deleted", tally.deleted());
    map.put("rejected", tally.rejected());
  }
}
