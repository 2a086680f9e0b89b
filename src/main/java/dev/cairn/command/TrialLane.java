package dev.cairn.command;

import dev.cairn.plan.ColumnSpec;
import dev.cairn.plan.Entry;
import dev.cairn.plan.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A lane with made-up values, to have the engine prepare a variant's SQL before any lane is known.
 */
final class TrialLane {
  private TrialLane() {}

  static Lane of(String variant, Map<String, Map<String, ColumnSpec>> rows) {
    List<Entry> entries = new ArrayList<>();
    rows.forEach((name, columns) -> entries.add(new Entry(entries.size() + 1, name, 0L, columns)));
    return new Lane(null, variant, entries, null, null, 0, 0, 0, "");
  }
}
