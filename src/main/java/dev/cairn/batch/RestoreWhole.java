package dev.cairn.batch;

import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.RestoreTransaction;
import dev.cairn.plan.Beside;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RestoreRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows put back all in one transaction: the first lane's one batch does what all lanes do. */
final class RestoreWhole implements LaneBatches {
  private static final Object END = 1L;

  private final boolean first;
  private final RestoreTransaction transaction;
  private final Optional<Beside> beside;
  private final boolean fromSnapshot;
  private final List<BroughtRows> brought = new ArrayList<>();

  RestoreWhole(LaneWork work, Database database) {
    this.first = work.number() == 0;
    Plan plan = work.measured().plan();
    this.fromSnapshot = plan.beside().isPresent();
    this.beside = plan.beside().filter(database::batchesRead);
    List<RestoreRows> steps = new ArrayList<>();
    for (RestoreRows step : plan.restores()) {
      if (step.beside().isPresent() && beside.isEmpty()) {
        brought.add(new BroughtRows(database, work.run(), steps.size(), step));
        steps.add(brought.get(brought.size() - 1).within());
      } else {
        steps.add(step);
      }
    }
    this.transaction = new RestoreTransaction(steps, database.catalog(), database.dialect());
  }

  @Override
  public void prepare(BatchListener listener, StopSignal stop) {
    if (first) {
      brought.forEach(rows -> rows.bring(listener, stop));
    }
  }

  @Override
  public SqlFragment endQuery(Optional<Object> after, long rows) {
    return SqlFragment.of("SELECT 1");
  }

  @Override
  public Optional<End> end(List<Object> row, Optional<Object> after, long rows) {
    return !first || after.isPresent() ? Optional.empty() : Optional.of(new End(END, 1));
  }

  @Override
  public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
    List<SqlFragment> all = new ArrayList<>(transaction.statements(place, nowMillis));
    brought.forEach(rows -> all.addAll(rows.end()));
    return all;
  }

  @Override
  public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
    throw new IllegalStateException("a transaction of all rows has none to set aside");
  }

  @Override
  public Optional<Beside> beside(BatchPlace place) {
    return beside;
  }

  @Override
  public boolean canReject() {
    return false;
  }

  /** No reference is acted upon or checked row by row: all are counted before the end. */
  @Override
  public boolean parentsProven() {
    return true;
  }

  @Override
  public Optional<CairnException> refusal(BatchPlace place, RolledBack failed) {
    return Optional.of(
        CairnException.refused(
                "restore-refused",
                transaction.refusal(place, failed.statement(), failed.message())
                    + "; nothing was written")
            .hint(
                "`abandon "
                    + place.run()
                    + "`, then plan again: the plan names what changed"
                    + (fromSnapshot
                        ? "; `where` and `columns` leave out what the table refuses"
                        : "")));
  }

  @Override
  public String row(Object upTo) {
    return "a row that is put back";
  }
}
