package dev.cairn.batch;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.RestoreTransaction;
import dev.cairn.plan.Beside;
import java.util.List;
import java.util.Optional;

/** Rows put back all in one transaction: the first lane's one batch does what all lanes do. */
final class RestoreWhole implements LaneBatches {
  private static final Object END = 1L;

  private final boolean first;
  private final RestoreTransaction transaction;
  private final Optional<Beside> beside;

  RestoreWhole(LaneWork work, Catalog catalog, Dialect dialect) {
    this.first = work.number() == 0;
    this.beside =
        work.measured().plan().restores().stream().flatMap(s -> s.beside().stream()).findFirst();
    this.transaction = new RestoreTransaction(work.measured().plan().restores(), catalog, dialect);
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
    return transaction.statements(place, nowMillis);
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

  @Override
  public boolean compares() {
    return false;
  }

  /** No reference is acted upon or checked row by row: all are counted before the end. */
  @Override
  public boolean parentsProven() {
    return true;
  }

  @Override
  public Optional<SqlFragment> parentsExist() {
    return Optional.empty();
  }

  @Override
  public boolean isConflict(RolledBack failed, boolean compareFirst) {
    return false;
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
                    + (beside.isPresent()
                        ? "; `where` and `columns` leave out what the table refuses"
                        : "")));
  }

  @Override
  public String row(Object upTo) {
    return "a row that is put back";
  }
}
