package dev.cairn.plan;

import dev.cairn.plan.scope.StatementScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one table that a statement changes.
 *
 * @param sql the statement as it runs where it runs whole
 * @param kind what it does to its target's rows
 * @param target the table that it names, and what is kept of its rows
 * @param alsoTouched tables that cascades and triggers may write
 * @param alone whether nothing but the statement itself writes its target: no trigger, no cascade
 * @param takesAway whether a row may be taken away because another one gets its key
 * @param foreseen whether the scope's queries, asked right before it runs, say all that it will
 *     write: it writes nothing else, and nothing in it varies or depends on another row
 * @param scope the rows that it touches, as queries
 * @param batching how it may be cut at best
 * @param reason why no better than that; empty where it is the best there is
 */
public record ChangeRows(
    String sql,
    ChangeKind kind,
    TouchedTable target,
    List<TouchedTable> alsoTouched,
    boolean alone,
    boolean takesAway,
    boolean foreseen,
    StatementScope scope,
    Batching batching,
    String reason)
    implements PlanStep {

  public ChangeRows {
    alsoTouched = List.copyOf(alsoTouched);
  }

  @Override
  public String tableName() {
    return target.table().name();
  }

  /** Every table that it may write, its target first. */
  public List<TouchedTable> touched() {
    List<TouchedTable> all = new ArrayList<>();
    all.add(target);
    all.addAll(alsoTouched);
    return all;
  }
}
