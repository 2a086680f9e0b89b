package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Table;
import java.util.List;
import java.util.Optional;

/**
 * A plan checked against a schema: pure text and structure, nothing measured yet.
 *
 * @param name the plan's name
 * @param text the plan's text, as a run stores it: a plan file's, or the statement's
 * @param typed whether the text is a statement that was typed
 * @param where the predicate typed after the name, where there was one
 * @param schema the fingerprint of the schema that it was checked against
 * @param steps what it does, in order
 * @param findings what the schema alone already tells
 */
public record Plan(
    String name,
    String text,
    boolean typed,
    Optional<String> where,
    String schema,
    List<PlanStep> steps,
    List<Finding> findings) {

  public Plan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /** The same plan with other findings. */
  public Plan with(List<Finding> others) {
    return new Plan(name, text, typed, where, schema, steps, others);
  }

  /** What it does. */
  public PlanStep step() {
    return steps.get(0);
  }

  /** What its lane of that number does: one step a lane where there are several. */
  public PlanStep step(int lane) {
    return steps.size() == 1 ? step() : steps.get(lane);
  }

  /** Whether it changes rows that are there, rather than write rows from elsewhere. */
  public boolean isChange() {
    return step() instanceof ChangeRows;
  }

  /** The table that it writes. */
  public Table target() {
    if (step() instanceof RebuildTable rebuild) {
      return rebuild.old();
    }
    return step() instanceof ChangeRows change ? change.target().table() : migration().target();
  }

  /** The migration in it. */
  public MigrateRows migration() {
    return (MigrateRows) steps.get(0);
  }
}
