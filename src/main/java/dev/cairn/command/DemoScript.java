package dev.cairn.command;

import java.util.List;

/** What the demo tells and types. */
final class DemoScript {
  /** Migration 0035 as it ran, on one line. */
  private static final String WRONG =
      "UPDATE point_readings_agg_5m"
          + " SET delta = avg * sample_count, avg = NULL, min = NULL, max = NULL"
          + " WHERE point_id IN (SELECT id FROM point_info"
          + " WHERE metric_type = 'energy' AND (transform IS NULL OR transform != 'd'))";

  /** The incident report's own check: power rows that lost their values. */
  private static final String DAMAGED =
      "SELECT count(*) AS damaged FROM point_readings_agg_5m"
          + " WHERE (system_id, point_id) IN"
          + " (SELECT system_id, id FROM point_info WHERE metric_type = 'power')"
          + " AND avg IS NULL AND delta IS NOT NULL;";

  private DemoScript() {}

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

  static List<String> liveoneHints() {
    return List.of(
        "  tables                           what is in it",
        "  keys point_readings              which columns name a row, and who refers to it",
        "  spotcheck points 5               random readings beside their points",
        "  plan migrate points              plan it again: nothing is left to write");
  }

  /** The night of migration 0035, as it should have gone. */
  static List<DemoStep> incident() {
    return List.of(
        new DemoStep(
            "4:45 in the morning. Energy points are to get a delta, and to lose avg, min and max. The\n"
                + "statement is the one that ran that night; point_id is half of a key. Cairn counts first.",
            List.of("preview " + WRONG)),
        new DemoStep(
            "Typed into a script, it is refused: nothing is written.",
            List.of(WRONG + ";", "expect error 3")),
        new DemoStep(
            "What the migration meant to do is a plan. It names the rows by their whole key.",
            List.of("plan migrate energy-delta", "apply", "verify energy-delta")),
        new DemoStep("What was done, as the database itself remembers it.", List.of("runs")));
  }

  /**
   * The evening after: the rows that the wrong statement damaged are put back from the snapshot.
   */
  static List<DemoStep> damaged() {
    return List.of(
        new DemoStep(
            "8:25 in the evening. The statement ran that night, and nothing kept what it overwrote. The\n"
                + "application has been writing for fifteen hours since. The report's own check counts:",
            List.of(DAMAGED)),
        new DemoStep(
            "The snapshot of 4:43 has the power points as they were. Named without a word on what is\n"
                + "damaged, Cairn refuses: it would overwrite what was written since, and the energy points.",
            List.of(
                "plan restore point_readings_agg_5m from liveone-snapshot-20251111-044334",
                "expect error 3")),
        new DemoStep(
            "The plan says which rows, and which columns. It is previewed, batched, and verified.",
            List.of("plan migrate restore-0035", "apply", "verify restore-0035")),
        new DemoStep("And the report's check again.", List.of(DAMAGED, "expect value 0")));
  }

  static List<String> incidentHints() {
    return List.of(
        "  keys point_info                  the key, and who refers to it",
        "  help partial-key                 what went wrong that night, and how it is found",
        "  preview UPDATE ...               the scope of any statement, without writing");
  }

  /** The vendor refactor, as its document means it. */
  static List<DemoStep> vendor() {
    return List.of(
        new DemoStep(
            "Systems are to be named by vendor and site, their offset to stand in minutes. SQLite needs\n"
                + "the table made anew for that, and every other table refers to it with a cascade.",
            List.of("keys systems", "plan migrate vendor-refactor")),
        new DemoStep(
            "One transaction writes every row down, makes the new table, copies, compares, and only\n"
                + "then drops the old one: nobody ever sees half of it.",
            List.of("apply", "verify vendor-refactor")),
        new DemoStep("What was done, as the database itself remembers it.", List.of("runs")));
  }

  /** Option 2A, as its document means it. */
  static List<DemoStep> option2a() {
    return List.of(
        new DemoStep(
            """
            Readings of prepaid meters were written into one table for two years, and for some months
            events into another beside it. The events are to become the only truth. First the plan.""",
            List.of("plan migrate option-2a")),
        new DemoStep(
            """
            Apply makes the schema in transactions, then writes the events by date, in batches. The
            trigger that refreshes a view for each statement is off within each batch, and the view
            is refreshed once. Then it asks, position by position, whether the meters stand right.""",
            List.of("apply", "verify option-2a")),
        new DemoStep(
            "What the document checks afterwards.",
            List.of(
                "SELECT (SELECT count(*) FROM electricity_readings) AS readings,"
                    + " (SELECT count(*) FROM token_events WHERE NOT is_voided) AS events,"
                    + " (SELECT count(*) FROM token_events WHERE is_voided) AS voided,"
                    + " (SELECT count(*) FROM electricity_readings_v) AS shown;",
                "SELECT event_type, count(*) AS total, count(*) FILTER (WHERE is_voided) AS voided"
                    + " FROM token_events GROUP BY event_type ORDER BY event_type;")),
        new DemoStep("What was done, as the database itself remembers it.", List.of("runs")));
  }

  static List<String> option2aHints() {
    return List.of(
        "  undo                             all of it back, the last step first",
        "  SELECT * FROM reading_duplicates LIMIT 5;   which readings stood there twice");
  }

  static List<String> vendorHints() {
    return List.of(
        "  undo                             the old table again, its NULLs and half hours too",
        "  SELECT * FROM systems LIMIT 5;   what became of them");
  }
}
