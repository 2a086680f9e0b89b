package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Beside;
import java.util.List;
import java.util.Optional;

/**
 * A transaction as a value: statements that run in order between BEGIN and COMMIT, all of them or
 * none.
 *
 * @param statements in order; the first is the fence, where there is one
 * @param parentsProven whether a statement of the batch itself fails unless every foreign key
 *     holds, so that the engine need not check row by row
 * @param seesReplaced whether delete triggers see the rows that a REPLACE takes away (SQLite's
 *     recursive_triggers)
 * @param makesTable whether it writes a whole table anew, whose pages are best kept in memory
 * @param oneMoment whether every statement must see the same rows, whatever others commit
 *     meanwhile, and the batch must fail where one of them has changed a row that it changes. So it
 *     is by itself where only one can write at a time
 * @param beside a database that its statements read beside this one; none in most
 * @param turn whom of its run it waits for, where many write at a time; none in what is of no run
 */
public record AtomicBatch(
    List<SqlFragment> statements,
    boolean parentsProven,
    boolean seesReplaced,
    boolean makesTable,
    boolean oneMoment,
    Optional<Beside> beside,
    Optional<Turn> turn) {

  public AtomicBatch {
    statements = List.copyOf(statements);
  }

  /**
   * Who of a run may be at work at a time. A batch shares its run with the others of it; what makes
   * the run another's, or ends it, waits until they are done, and has it alone.
   *
   * @param run the run's number
   * @param alone whether nobody else may be at work on it
   */
  public record Turn(long run, boolean alone) {}

  /** One of no run. */
  public AtomicBatch(
      List<SqlFragment> statements,
      boolean parentsProven,
      boolean seesReplaced,
      boolean makesTable,
      boolean oneMoment,
      Optional<Beside> beside) {
    this(
        statements,
        parentsProven,
        seesReplaced,
        makesTable,
        oneMoment,
        beside,
        Optional.<Turn>empty());
  }

  /** What says whose a run is, or that it is at its end: no batch of it is half done meanwhile. */
  public static AtomicBatch alone(long run, List<SqlFragment> statements) {
    return new AtomicBatch(
        statements, false, false, false, false, Optional.empty(), Optional.of(new Turn(run, true)));
  }

  /**
   * A batch that makes a table anew: foreign keys neither act nor are checked, which it does
   * itself.
   */
  public static AtomicBatch rebuild(List<SqlFragment> statements) {
    return new AtomicBatch(statements, true, false, true, true, Optional.empty());
  }

  /** A batch in which the engine checks foreign keys itself. */
  public static AtomicBatch of(List<SqlFragment> statements) {
    return new AtomicBatch(statements, false, false, false, false, Optional.empty());
  }
}
