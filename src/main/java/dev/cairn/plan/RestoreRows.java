package dev.cairn.plan;

import dev.cairn.dialect.SqlFragment;
import java.util.Optional;

/**
 * Rows of one table that are put back, each as a query says: changed, removed, or put in again. An
 * undo and a restore are made of these. Every row is written down before any is changed, and is
 * left alone where it is no longer what was written down.
 *
 * @param kind what happens to the rows: {@code INSERT}, {@code UPDATE} or {@code DELETE}
 * @param target the table; {@code before} is compared with the row as it is when its batch comes
 *     (the key alone where rows are put in), {@code after} is what is written (nothing where rows
 *     are removed)
 * @param rows yields for each row once its values now of the columns {@code before} (where rows are
 *     put in: their keys), then the values to write of the columns {@code after}; where no key
 *     names a row its number comes first. A row that somebody changed since may be among them: it
 *     is kept
 * @param recheck a condition over the target, by its own name, that must still hold of a row when
 *     its batch comes; empty where the comparison says it all
 * @param beside the database that {@code rows} reads beside the target, where it reads one; once
 *     the rows are written down it isn't asked again
 * @param suspended the table's triggers that are off while rows are put back
 */
public record RestoreRows(
    ChangeKind kind,
    TouchedTable target,
    SqlFragment rows,
    Optional<SqlFragment> recheck,
    Optional<Beside> beside,
    Optional<Suspension> suspended)
    implements PlanStep {

  @Override
  public String tableName() {
    return target.table().name();
  }

  /** Rows that the target itself tells. */
  public RestoreRows(
      ChangeKind kind, TouchedTable target, SqlFragment rows, Optional<SqlFragment> recheck) {
    this(kind, target, rows, recheck, Optional.empty());
  }

  /** With all triggers of the table on. */
  public RestoreRows(
      ChangeKind kind,
      TouchedTable target,
      SqlFragment rows,
      Optional<SqlFragment> recheck,
      Optional<Beside> beside) {
    this(kind, target, rows, recheck, beside, Optional.empty());
  }
}
