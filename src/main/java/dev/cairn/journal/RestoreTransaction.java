package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RestoreSteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of several tables put back in one transaction, in which references are neither acted upon
 * nor checked row by row (where the engine lets them rest), and no trigger of the tables fires:
 * what references and triggers did is put back as rows. At its end the transaction itself counts
 * the references that lead nowhere, and fails where there are more than there were.
 */
public final class RestoreTransaction {
  private final List<RestoreRows> steps;
  private final Catalog catalog;
  private final Dialect dialect;

  /**
   * @param steps one for each lane of the run
   * @param catalog the schema, whose triggers are made again from their own text
   */
  public RestoreTransaction(List<RestoreRows> steps, Catalog catalog, Dialect dialect) {
    this.steps = List.copyOf(steps);
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /**
   * The transaction, the first lane's fence first, the two checks last.
   *
   * @param first where the first lane's batch stands; the other lanes' have the same number
   */
  public List<SqlFragment> statements(BatchPlace first, long nowMillis) {
    String broken = RestoreSteps.broken(steps, catalog, dialect);
    List<SqlFragment> all = new ArrayList<>();
    List<Trigger> triggers = triggers();
    for (int lane = 0; lane < steps.size(); lane++) {
      RestoreRows step = steps.get(lane);
      BatchPlace place =
          new BatchPlace(
              first.run(), lane, first.batch(), first.epoch(), first.after(), first.upTo());
      SqlFragment allowed =
          new RestoreQuery(step, dialect).allowed(catalog, actsAtOnce() && isParent(step));
      List<SqlFragment> batch =
          new ChangeJournal(step, allowed, dialect).whole(place, rewritten(step), nowMillis);
      if (lane == 0) {
        all.add(batch.remove(0)); // nothing may happen before the fence
        all.add(CheckpointRow.set(first, SqlFragment.of("found = " + broken)));
        if (actsAtOnce()) {
          held().forEach(all::add);
        }
        triggers.forEach(each -> all.add(SqlFragment.of(dialect.triggerOff(each))));
      }
      all.addAll(batch);
    }
    triggers.forEach(each -> all.add(SqlFragment.of(dialect.triggerOn(each))));
    all.add(
        unless(
            first,
            RestoreSteps.allOrNothing(steps)
                ? "(SELECT coalesce(sum(kept), 0) FROM cairn_checkpoint WHERE run = "
                    + first.run()
                    + ") = 0"
                : "TRUE"));
    all.add(unless(first, broken + " <= c.found"));
    return all;
  }

  /** PostgreSQL lets nobody switch its references off: what is still referred to is kept. */
  private boolean actsAtOnce() {
    return !dialect.letsReferencesRest();
  }

  private static boolean isParent(RestoreRows step) {
    return step.kind() == ChangeKind.DELETE;
  }

  /** Nobody may come to refer to a row between the look and its removal, and go with it. */
  private List<SqlFragment> held() {
    List<String> tables =
        steps.stream()
            .filter(RestoreTransaction::isParent)
            .flatMap(step -> catalog.referencesTo(step.target().table().name()).stream())
            .map(key -> dialect.quote(key.table()))
            .distinct()
            .sorted()
            .toList();
    return tables.isEmpty()
        ? List.of()
        : List.of(
            SqlFragment.of(
                "LOCK TABLE " + String.join(", ", tables) + " IN SHARE ROW EXCLUSIVE MODE"));
  }

  /** Which of its checks refused it, in words; else that a row was refused. */
  public String refusal(BatchPlace first, int statement, String message) {
    int behind = statements(first, 0).size() - statement;
    return switch (behind) {
      case 1 -> "rows that are there now would refer to rows that are not";
      case 2 ->
          "rows were changed since, and rows that may have moved to other keys are put back all or"
              + " not at all";
      default -> "the database refused a row that is put back: " + message;
    };
  }

  /** Fails unless the condition holds: a checkpoint without a run is refused. */
  private static SqlFragment unless(BatchPlace first, String condition) {
    return SqlFragment.of(
        "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, at_ms)"
            + " SELECT NULL, 0, 0, 0, 0 FROM cairn_checkpoint AS c WHERE c.run = ? AND c.lane = ?"
            + " AND c.batch = ? AND NOT ("
            + condition
            + ")",
        first.run(),
        (long) first.lane(),
        first.batch());
  }

  /** Whole rows may be taken out and put in again, whatever is unique in them. */
  private boolean rewritten(RestoreRows step) {
    return dialect.letsReferencesRest()
        && step.kind() == ChangeKind.UPDATE
        && RestoreSteps.writesKey(step.target().table(), step.target().after())
        && isWhole(step);
  }

  private static boolean isWhole(RestoreRows step) {
    return step.target().table().columns().stream()
        .filter(column -> !column.generated())
        .allMatch(column -> step.target().after().contains(column.name()));
  }

  private List<Trigger> triggers() {
    Map<String, Trigger> triggers = new LinkedHashMap<>();
    for (RestoreRows step : steps) {
      Table table = step.target().table();
      table.triggers().forEach(each -> triggers.put(table.name() + " " + each.name(), each));
    }
    return List.copyOf(triggers.values());
  }
}
