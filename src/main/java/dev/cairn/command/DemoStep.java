package dev.cairn.command;

import java.util.List;

/**
 * A scene of the demo.
 *
 * @param told what a person is told first
 * @param lines what is then typed
 */
record DemoStep(String told, List<String> lines) {

  /** The migration plan's two migrations. */
  static List<DemoStep> liveone() {
    return List.of(
        new DemoStep(
            "Five-minute aggregates are to become one row per monitoring point. First the plan: what\n"
                + "would be written, lane by lane, counted exactly. Nothing is written yet.",
            List.of("plan migrate agg5m")),
        new DemoStep(
            "Apply runs it in batches. Each commits together with its checkpoint, and only if the rows\n"
                + "written, found and kept add up to the rows that the query yields.",
            List.of("apply")),
        new DemoStep(
            "Verify compares every row by value, null and type. Rows that were there before with other\n"
                + "values were kept, as the plan says; they are listed with both values.",
            List.of("verify agg5m")),
        new DemoStep(
            "Now the minute readings: 10 to 16 rows for each.",
            List.of("plan migrate points", "apply", "verify points")),
        new DemoStep(
            "Three random readings beside what the target has of them.",
            List.of("spotcheck points 3 seed 7")),
        new DemoStep("What was done, as the database itself remembers it.", List.of("runs")));
  }
}
