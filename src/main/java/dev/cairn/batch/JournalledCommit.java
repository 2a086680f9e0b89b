package dev.cairn.batch;

import dev.cairn.database.Backoff;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.ProcessIdentity;
import java.util.List;

/**
 * Commits the transaction of a typed change and of its run. Where no answer comes, the run tells
 * what became of the change: both are there, or neither is.
 */
final class JournalledCommit {
  private final StatementSession session;
  private final long run;

  /**
   * @param run the run's number
   */
  JournalledCommit(StatementSession session, long run) {
    this.session = session;
    this.run = run;
  }

  /** Commits. Fails with exit 6 where nothing was committed, 7 where that isn't known. */
  void run() {
    try {
      session.again(SqlFragment.of("COMMIT"));
    } catch (CairnException unclear) {
      if (unclear.exit() != ExitCode.UNKNOWN) {
        throw unclear;
      }
      if (!isThere(unclear)) {
        throw CairnException.stopped(
                "not-committed",
                "the server didn't answer, and nothing was changed: " + unclear.getMessage())
            .hint("run it again")
            .causedBy(unclear);
      }
    }
  }

  /** What ended a transaction that nobody but Cairn had begun: nothing of it was committed. */
  static RuntimeException ofOwn(RuntimeException failed) {
    boolean lost = failed instanceof CairnException told && told.code().equals("transaction-lost");
    String why = lost && failed.getCause() != null ? failed.getCause().getMessage() : "";
    return lost
        ? CairnException.stopped(
                "not-committed",
                why.isEmpty() ? failed.getMessage() : "nothing was changed: " + why)
            .hint("run it again")
            .causedBy(failed)
        : failed;
  }

  private boolean isThere(CairnException unclear) {
    Backoff backoff = new Backoff(session.patience());
    while (true) {
      try {
        return look();
      } catch (CairnException away) {
        if (away.exit() != ExitCode.STOPPED || !backoff.again(() -> false)) {
          throw CairnException.of(ExitCode.UNKNOWN, unclear.code(), unclear.getMessage())
              .hint("`runs` says what there is: with run " + run + " it was committed, else not")
              .causedBy(unclear);
        }
      }
    }
  }

  /** Under the write lock, and so behind a commit that still runs. */
  private boolean look() {
    session.again(SqlFragment.of("BEGIN IMMEDIATE"));
    try {
      return number("SELECT count(*) FROM sqlite_schema WHERE name = ?", "cairn_run") > 0
          && number(
                  "SELECT count(*) FROM cairn_run WHERE run = ? AND owner_pid = ?"
                      + " AND owner_host = ?",
                  run,
                  ProcessIdentity.current().pid(),
                  ProcessIdentity.current().host())
              > 0;
    } finally {
      session.rollback();
    }
  }

  private long number(String sql, Object... values) {
    List<Object> row = session.again(SqlFragment.of(sql, values));
    return ((Number) row.get(0)).longValue();
  }
}
