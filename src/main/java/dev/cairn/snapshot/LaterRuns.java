package dev.cairn.snapshot;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.JournalledRows;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.plan.ThreeWay;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs that changed a table since a snapshot was made: those of its journal that the snapshot's
 * own journal doesn't know as ended.
 */
final class LaterRuns {
  /** Each is joined; the engine joins 64 tables at most. */
  private static final int MOST = 40;

  private LaterRuns() {}

  /** A run, and what it left of the table's rows. */
  record Left(long run, ThreeWay.Left rows) {}

  /** Newest first. Runs that name rows in another way are a finding. */
  static List<Left> of(
      Database now, Database then, String table, List<String> key, List<Finding> findings) {
    List<Run> known = journal(then).runs();
    List<Left> left = new ArrayList<>();
    try (ReadView view = now.view()) {
      for (Run run : journal(now).runs()) {
        boolean earlier =
            known.stream().anyMatch(old -> isSame(old, run) && !old.status().isOpen());
        if (earlier) {
          continue;
        }
        JournalledRows.of(view, run.id()).stream()
            .filter(rows -> rows.target().equalsIgnoreCase(table))
            .filter(rows -> !view.rows(any(rows.ends(now.dialect()))).isEmpty())
            .forEach(rows -> add(rows, key, now, left, findings));
      }
    }
    if (left.size() > MOST) {
      throw CairnException.refused(
              "restore-runs", left.size() + " runs changed " + table + " since the snapshot")
          .hint("restore from a later snapshot, or take single runs back with `undo RUN`");
    }
    return left;
  }

  private static void add(
      JournalledRows rows,
      List<String> key,
      Database now,
      List<Left> left,
      List<Finding> findings) {
    if (rows.key().equals(key)) {
      left.add(
          new Left(
              rows.run(),
              new ThreeWay.Left(rows.ends(now.dialect()), rows.after(), rows.onlyPut())));
      return;
    }
    findings.add(
        Finding.of(
            "restore-journal",
            Severity.ERROR,
            "run %d names rows of %s in another way; what it left can't be told from later writing"
                .formatted(rows.run(), rows.target())));
  }

  private static SqlFragment any(SqlFragment rows) {
    return SqlFragment.of("SELECT 1 FROM (").then(rows).then(") AS cairn_any LIMIT 1");
  }

  private static boolean isSame(Run old, Run run) {
    return old.id() == run.id() && old.startedMillis() == run.startedMillis();
  }

  private static Journal journal(Database database) {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }
}
