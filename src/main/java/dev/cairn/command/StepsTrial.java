package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Condition;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.SqlText;
import dev.cairn.sql.Flavour;
import java.util.List;

/**
 * Where the steps of a plan are tried in order, so that a mistake in a later one is found first.
 */
interface StepsTrial extends AutoCloseable {

  /** On a copy of the schema where the engine can make one, else by the text alone. */
  static StepsTrial of(Session session) {
    return session.flavour() == Flavour.POSTGRESQL
        ? new ReplayedTrial(session)
        : new SchemaTrial(session);
  }

  /** The schema as the steps so far leave it. */
  Catalog catalog();

  /** The plan of a step against the schema as it is by now. */
  Plan plan(PlanFile step);

  /** Fails with exit 1 and the place where a condition's query is none. */
  void check(List<Condition> conditions);

  /**
   * Does to the schema what the step would do. Fails with exit 1 and the place where a statement is
   * refused. Gives what should be said of its way back.
   */
  List<Finding> follow(PlanFile step, Plan plan);

  /** Fails with exit 1 and the place where there is no such table by now. */
  default void checkTable(SqlText name) {
    if (catalog().table(name.sql()).isEmpty()) {
      throw CairnException.failed("plan-schema", "there is no table '" + name.sql() + "'")
          .at(name.span());
    }
  }

  /** That a condition's query is none. */
  static CairnException noQuery(Condition condition, CairnException wrong) {
    return CairnException.failed(
            "plan-condition", "this is no query for one value: " + wrong.getMessage())
        .at(condition.span())
        .causedBy(wrong);
  }

  @Override
  void close();
}
