package dev.cairn.report;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.preview.MeasuredSteps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A measured plan: what it reads, what it would write, by lane, and the SQL that would run. */
public final class PlanReport {
  private final Measured measured;
  private final StepReport step;

  /**
   * @param measured the plan
   * @param dialect the SQL of the database that it was measured on
   */
  public PlanReport(Measured measured, Dialect dialect) {
    this.measured = measured;
    this.step = StepReport.of(measured, dialect);
  }

  /** A plan of several steps. */
  public PlanReport(MeasuredSteps steps, Dialect dialect) {
    this.measured = steps.whole();
    this.step = new StepsReport(steps.whole(), steps.steps(), dialect);
  }

  /** The columns of the table. */
  public List<String> columns() {
    return step.columns();
  }

  /** A row for each lane. */
  public List<List<Object>> rows() {
    return step.rows();
  }

  /** The heading above the table. */
  public String heading() {
    return step.heading();
  }

  /** What it would do in a few words, for a question to a person. */
  public String summary() {
    return step.summary();
  }

  /** What stands under the table on a terminal. */
  public String text() {
    StringBuilder out = new StringBuilder(step.text());
    FindingReport.text(measured.findings(), out);
    out.append(step.example());
    measured
        .token()
        .ifPresentOrElse(
            token -> out.append("\ntoken ").append(token.text()).append('\n'),
            () -> out.append("\nThis plan is refused: mend the errors above, then plan again.\n"));
    return out.toString();
  }

  /** The contract's fields. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", measured.plan().name());
    map.put("token", measured.token().map(Token::text).orElse(null));
    map.put("steps", step.jsonSteps());
    map.put("source_rows", measured.total(Lane::sourceRows));
    map.put("expected_rows", measured.total(Lane::expectedRows));
    map.put("already_there", measured.total(Lane::alreadyThere));
    map.put("to_write", measured.total(Lane::toWrite));
    map.put("lanes", measured.lanes().stream().map(this::json).toList());
    map.put("findings", FindingReport.json(measured.findings()));
    map.put("estimate_seconds", measured.estimateSeconds());
    return map;
  }

  private Map<String, Object> json(Lane lane) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lane", lane.value());
    map.put("variant", lane.variant().isEmpty() ? null : lane.variant());
    map.put("source_rows", lane.sourceRows());
    map.put("rows_each", step.rowsEach(lane));
    map.put("expected_rows", lane.expectedRows());
    map.put("already_there", lane.alreadyThere());
    map.put("to_write", lane.toWrite());
    map.put("from", lane.from());
    map.put("to", lane.bound());
    return map;
  }
}
