package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.MigrateRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A batch's write where it hands on to the journal which rows it put in. */
final class HandedOnRows {
  private final MigrateRows step;
  private final List<String> columns;
  private final Dialect dialect;

  /**
   * @param columns the target's columns that are written
   */
  HandedOnRows(MigrateRows step, List<String> columns, Dialect dialect) {
    this.step = step;
    this.columns = columns;
    this.dialect = dialect;
  }

  /**
   * The write, its keys journalled and counted in one statement, so that no other writer's row can
   * come between. Under {@code replace} a row that was there has a transaction that replaced it.
   */
  SqlFragment statement(BatchPlace place, SqlFragment write, SqlFragment source) {
    Optional<String> number = number();
    if (number.isPresent()) {
      return range(place, write, source, number.get());
    }
    boolean replaces = step.onConflict() == ConflictPolicy.REPLACE;
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    String fresh = replaces ? " WHERE cairn_fresh" : "";
    return SqlFragment.of("WITH cairn_w AS (")
        .then(write)
        .then(" RETURNING " + keys + (replaces ? ", xmax = 0 AS cairn_fresh" : ""))
        .then("), cairn_u AS (")
        .then(UndoTables.insert(step.target(), step.key(), dialect))
        .then("SELECT ")
        .then(UndoTables.values(place, "inserted", step.key(), "cairn_w", dialect))
        .then(" FROM cairn_w" + fresh + ") ")
        .then(
            CheckpointRow.set(
                place,
                SqlFragment.of(
                        "written = (SELECT count(*) FROM cairn_w), logged = (SELECT count(*)"
                            + " FROM cairn_w"
                            + fresh
                            + ")")
                    .then(source)));
  }

  /**
   * The same where new rows get numbers by themselves. Are there as many rows as numbers from the
   * lowest to the highest, then the range says which they are, and no key is written down. Another
   * writer's row between them, or a lane's beside, makes it keys.
   */
  private SqlFragment range(
      BatchPlace place, SqlFragment write, SqlFragment source, String number) {
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    String whole = "cairn_to = cairn_from + cairn_count - 1";
    return SqlFragment.of("WITH cairn_w AS (")
        .then(write)
        .then(" RETURNING " + keys + ", " + dialect.quote(number) + " AS cairn_number")
        .then(
            "), cairn_n AS (SELECT min(cairn_number) AS cairn_from, max(cairn_number) AS cairn_to,"
                + " count(*) AS cairn_count FROM cairn_w), cairn_u AS (")
        .then(UndoTables.insert(step.target(), step.key(), dialect))
        .then("SELECT ")
        .then(UndoTables.values(place, "inserted", step.key(), "cairn_w", dialect))
        .then(" FROM cairn_w CROSS JOIN cairn_n WHERE NOT (" + whole + ")) ")
        .then(
            CheckpointRow.set(
                place,
                SqlFragment.of(
                        "(written, logged, id_from, id_to) = (SELECT cairn_count, cairn_count,"
                            + " CASE WHEN %1$s THEN cairn_from END, CASE WHEN %1$s THEN cairn_to END"
                                .formatted(whole)
                            + " FROM cairn_n)")
                    .then(source)));
  }

  /** A row that is replaced keeps its number, and a trigger may give any. */
  private Optional<String> number() {
    boolean simple =
        step.onConflict() != ConflictPolicy.REPLACE && step.target().triggers().isEmpty();
    return simple
        ? InsertedRows.number(step.target(), dialect)
            .filter(number -> columns.stream().noneMatch(number::equalsIgnoreCase))
        : Optional.empty();
  }
}
