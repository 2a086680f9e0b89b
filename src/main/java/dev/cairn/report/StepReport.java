package dev.cairn.report;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RunScript;
import java.util.List;
import java.util.Map;

/** What a measured plan says of what it does; one for each kind of step. */
interface StepReport {

  /** The report for the kind of step that a plan has. */
  static StepReport of(Measured measured, Dialect dialect) {
    if (!measured.plan().restores().isEmpty()) {
      return new RestoreReport(measured);
    }
    if (measured.plan().hasSteps()) {
      return new StepsReport(measured, List.of(), dialect);
    }
    if (measured.plan().step() instanceof RunScript) {
      return new ScriptReport(measured.plan());
    }
    if (measured.plan().step() instanceof RebuildTable) {
      return new RebuildReport(measured);
    }
    return measured.plan().isChange()
        ? new ChangeReport(measured)
        : new MigrationReport(measured, dialect);
  }

  /** The heading above the table. */
  String heading();

  /** The table's columns. */
  List<String> columns();

  /** The table's rows. */
  List<List<Object>> rows();

  /** What stands under the table, before the findings. */
  String text();

  /** What stands behind the findings. */
  default String example() {
    return "";
  }

  /** What it would do in a few words, for a question to a person. */
  String summary();

  /** The contract's {@code steps}. */
  List<Map<String, Object>> jsonSteps();

  /** How many target rows a source row of the lane becomes. */
  default long rowsEach(Lane lane) {
    return 1;
  }
}
