package dev.cairn.journal;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.plan.MigrateRows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the rows that a batch inserts are found again. */
enum InsertedRows {
  /** The table numbers its rows: a range of numbers is enough. */
  ROW_NUMBERS,
  /** New rows lie above the highest rowid; their keys are journalled, as VACUUM may renumber. */
  ROWID_FLOOR,
  /** Neither can be relied on: the keys that are absent are journalled before the write. */
  BEFORE_WRITE,
  /** The write itself hands them on to the journal. */
  HANDED_ON;

  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

  static InsertedRows of(MigrateRows step, List<String> written, Dialect dialect) {
    if (dialect.handsOnWritten()) {
      return HANDED_ON;
    }
    Table target = step.target();
    boolean numbersItself =
        target.rowNumber().isPresent()
            && written.stream().noneMatch(target.rowNumber().get()::equalsIgnoreCase);
    if (!target.triggers().isEmpty() || target.withoutRowid()) {
      return BEFORE_WRITE;
    }
    if (target.rowNumber().isPresent()) {
      return numbersItself ? ROW_NUMBERS : BEFORE_WRITE;
    }
    boolean shadowed = target.column("rowid").isPresent();
    return shadowed ? BEFORE_WRITE : ROWID_FLOOR;
  }

  /**
   * The column whose numbers a checkpoint may note as a range: the table's row number, or a primary
   * key of one whole number where the write hands on what it wrote. Such a range is noted only
   * where each of its numbers was seen to be the batch's own.
   */
  static Optional<String> number(Table target, Dialect dialect) {
    if (!dialect.handsOnWritten()) {
      return target.rowNumber();
    }
    List<String> primary = target.primaryKey();
    return primary.size() == 1
        ? target
            .column(primary.get(0))
            .filter(column -> WHOLE.contains(column.type()))
            .map(Column::name)
        : Optional.empty();
  }
}
