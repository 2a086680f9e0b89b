package dev.cairn.journal;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which runs did the steps of which run. The link is stored in the transaction that stores the
 * step's run, so there is no run of a step that its whole doesn't know; a step's checkpoint in the
 * whole says that it is done.
 */
public final class StepRuns {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS cairn_step (run {number} NOT NULL, step {number} NOT NULL,"
          + " child {number} NOT NULL UNIQUE, PRIMARY KEY (run, step, child))";

  private final Database database;
  private final Journal journal;

  /** The steps' runs of a database. */
  public StepRuns(Database database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /**
   * A step of a run.
   *
   * @param run the whole, as it is ours
   * @param step its place, from 0
   */
  public record Link(Run run, int step) {

    /** Fails on a NULL unless the whole is still ours; of the run that was stored last. */
    SqlFragment store() {
      return SqlFragment.of(
          "INSERT INTO cairn_step (run, step, child) SELECT (SELECT run FROM cairn_run WHERE run = ?"
              + " AND status = 'RUNNING' AND epoch = ?), ?, (SELECT max(run) FROM cairn_run)",
          run.id(),
          run.owner().epoch(),
          (long) step);
    }
  }

  /** The newest run of a step, whatever its status; abandoned ones don't count. */
  public Optional<Run> of(Run whole, int step) {
    List<Run> runs = children("run = " + whole.id() + " AND step = " + step);
    return runs.stream().filter(run -> run.status() != RunStatus.ABANDONED).findFirst();
  }

  /** The runs of all steps, newest first, abandoned ones too. */
  public List<Run> of(Run whole) {
    return children("run = " + whole.id());
  }

  /** The run of a step that isn't at its end. */
  public Optional<Run> open(Run whole) {
    return of(whole).stream().filter(run -> run.status().isOpen()).findFirst();
  }

  /** The run that a run is a step of. */
  public Optional<Run> whole(Run child) {
    return numbers("SELECT run FROM cairn_step WHERE child = " + child.id()).stream()
        .findFirst()
        .map(journal::run);
  }

  /** The numbers of all runs that are steps of others. */
  public List<Long> children() {
    return numbers("SELECT child FROM cairn_step");
  }

  /** Which step of its whole a run is, from 0. */
  public long step(Run child) {
    return numbers("SELECT step FROM cairn_step WHERE child = " + child.id()).get(0);
  }

  /**
   * Notes that a step is done, with what became of its rows. Fails with exit 6 where the whole is
   * no longer ours.
   */
  public void done(Link link, Run child) {
    Run whole = link.run();
    SqlFragment checkpoint =
        SqlFragment.of(
            "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, to_key, at_ms, source_rows, expected,"
                + " inserted, identical, kept, replaced, rejected, updated, deleted)"
                + " SELECT ?, ?, 1, (SELECT epoch FROM cairn_run WHERE run = ? AND status = 'RUNNING'"
                + " AND epoch = ?), ?, coalesce(max(at_ms), 0), coalesce(sum(source_rows), 0),"
                + " coalesce(sum(expected), 0), coalesce(sum(inserted), 0),"
                + " coalesce(sum(identical), 0), coalesce(sum(kept), 0), coalesce(sum(replaced), 0),"
                + " coalesce(sum(rejected), 0), coalesce(sum(updated), 0), coalesce(sum(deleted), 0)"
                + " FROM cairn_checkpoint WHERE run = ?",
            whole.id(),
            (long) link.step(),
            whole.id(),
            whole.owner().epoch(),
            database.dialect().kept(child.id()),
            child.id());
    BatchOutcome outcome =
        database.atomically(
            AtomicBatch.of(
                List.of(
                    checkpoint,
                    SqlFragment.of(
                        "UPDATE cairn_lane SET done = 1 WHERE run = ? AND lane = ?",
                        whole.id(),
                        (long) link.step()),
                    SqlFragment.of(
                        "UPDATE cairn_run SET heartbeat_ms = (SELECT max(heartbeat_ms) FROM cairn_run"
                            + " WHERE run IN (?, ?)) WHERE run = ?",
                        whole.id(),
                        child.id(),
                        whole.id()))));
    if (!(outcome instanceof Committed)) {
      journal.refuseUnlessOurs(whole);
      Journal.committed(outcome, "the end of a step could not be stored");
    }
  }

  private List<Run> children(String which) {
    return numbers("SELECT child FROM cairn_step WHERE " + which + " ORDER BY child DESC").stream()
        .map(journal::run)
        .toList();
  }

  private List<Long> numbers(String sql) {
    List<Long> numbers = new ArrayList<>();
    try (ReadView view = database.view()) {
      boolean there = view.number(database.dialect().tablesThere(List.of("cairn_step"))) > 0;
      if (there) {
        view.rows(SqlFragment.of(sql)).forEach(row -> numbers.add((Long) row.get(0)));
      }
    }
    return numbers;
  }
}
