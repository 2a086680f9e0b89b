package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.RawText;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rows to put back that no statement of the target can read, as they stand in a snapshot that only
 * we see: they are brought, bound value by value and so exact, into a table of Cairn's own in the
 * target, from which the batch that writes them down takes them and which it drops.
 *
 * <p>The table is this owner's of the run alone. What a killed one left is taken away by the next,
 * and until then nothing reads it.
 */
final class BroughtRows {
  private static final String PREFIX = "cairn_stage_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)_\\d+_\\d+");
  private static final int ROWS = 5_000;
  private static final int BINDS = 30_000;
  private static final long BYTES = 1L << 20;

  private final Database database;
  private final Dialect dialect;
  private final Run run;
  private final RestoreRows step;
  private final String name;
  private final int width;
  private StopSignal stop = StopSignal.NEVER;
  private long brought;

  /**
   * @param lane whose rows they are
   * @param step reads the snapshot
   */
  BroughtRows(Database database, Run run, int lane, RestoreRows step) {
    this.database = database;
    this.dialect = database.dialect();
    this.run = run;
    this.step = step;
    this.name = PREFIX + run.id() + "_" + lane + "_" + run.owner().epoch();
    this.width = new RestoreQuery(step, dialect).columns().size();
  }

  /** The same step, its rows read from the table. */
  RestoreRows within() {
    return new RestoreRows(
        step.kind(),
        step.target(),
        SqlFragment.of("SELECT " + columns() + " FROM " + table()),
        step.recheck(),
        Optional.empty());
  }

  /**
   * The statements behind those that read it: all of it was there, and it isn't needed any more.
   */
  List<SqlFragment> end() {
    return List.of(
        SqlFragment.of(
            "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, at_ms)"
                + " SELECT NULL, 0, 0, 0, 0 WHERE (SELECT count(*) FROM "
                + table()
                + ") <> ?",
            brought),
        SqlFragment.of("DROP TABLE " + table()));
  }

  /** Brings them. Fails with exit 6 where the target doesn't take them; nothing is changed then. */
  void bring(BatchListener listener, StopSignal signal) {
    stop = signal;
    sweep();
    List<String> columns = new ArrayList<>();
    columns.add(dialect.ownColumns().in("cairn_n {number} PRIMARY KEY, cairn_run {number}"));
    for (String column : new RestoreQuery(step, dialect).columns()) {
      String type = TouchedTable.keeping(column, step.target().table(), dialect);
      columns.add(("c" + columns.size() + " " + type).strip()); // it keeps what comes
    }
    commit(
        List.of(
            SqlFragment.of(
                "CREATE TABLE IF NOT EXISTS %s (%s)"
                    .formatted(table(), String.join(", ", columns)))));
    brought = 0;
    try (ReadView view = database.view(step.beside());
        RowStream rows = view.query(new RestoreQuery(step, dialect).images())) {
      List<List<Object>> held = new ArrayList<>();
      long bytes = 0;
      while (rows.next()) {
        List<Object> row = rows.exactRow();
        held.add(row);
        bytes += row.stream().mapToLong(BroughtRows::bytes).sum();
        if (held.size() == ROWS || bytes > BYTES) {
          send(held);
          held.clear();
          bytes = 0;
        }
      }
      send(held);
    }
    if (brought > 0) {
      listener.says("%,d rows of the snapshot were brought".formatted(brought));
    }
  }

  /** Tables that runs which ended, or an earlier owner of this one, left behind. */
  private void sweep() {
    List<SqlFragment> drops = new ArrayList<>();
    try (ReadView view = database.view()) {
      for (List<Object> row :
          view.rows(
              SqlFragment.of(
                  "SELECT name, "
                      + dialect.truth(
                          "EXISTS (SELECT 1 FROM cairn_run WHERE run <> ? AND status = 'RUNNING' AND"
                              + " name LIKE 'cairn\\_stage\\_' || run || '\\_%' ESCAPE '\\')")
                      + " FROM ("
                      + dialect.tableNames()
                      + ") AS tables",
                  run.id()))) {
        boolean theirs = ((Number) row.get(1)).longValue() == 1;
        if (NAME.matcher(row.get(0).toString()).matches() && !theirs && !mine(row.get(0))) {
          drops.add(SqlFragment.of("DROP TABLE IF EXISTS " + dialect.quote(row.get(0).toString())));
        }
      }
    }
    if (!drops.isEmpty()) {
      commit(drops);
    }
  }

  private boolean mine(Object other) {
    String text = other.toString();
    return text.startsWith(PREFIX + run.id() + "_") && text.endsWith("_" + run.owner().epoch());
  }

  /** Each batch says first that there are none of its rows: so it may be sent twice. */
  private void send(List<List<Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(SqlFragment.of("DELETE FROM " + table() + " WHERE cairn_n > ?", brought));
    int each = Math.max(1, BINDS / (width + 2));
    long number = brought;
    String marks = "(" + String.join(", ", Collections.nCopies(width + 2, "?")) + ")";
    for (int from = 0; from < rows.size(); from += each) {
      List<List<Object>> some = rows.subList(from, Math.min(rows.size(), from + each));
      List<Object> binds = new ArrayList<>(some.size() * (width + 2));
      for (List<Object> row : some) {
        binds.add(++number);
        binds.add(run.id());
        binds.addAll(row);
      }
      statements.add(
          new SqlFragment(
              "INSERT INTO "
                  + table()
                  + " VALUES "
                  + String.join(", ", Collections.nCopies(some.size(), marks)),
              binds));
    }
    commit(statements);
    brought = number;
  }

  private void commit(List<SqlFragment> statements) {
    BatchOutcome outcome = database.repeatedly(AtomicBatch.of(statements), stop::stopRequested);
    if (outcome instanceof Committed) {
      return;
    }
    if (stop.stopRequested()) {
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped before it began")
          .hint("nothing was changed; `resume` begins again");
    }
    if (outcome instanceof RolledBack failed) {
      throw BatchRefusals.stopping(failed);
    }
    throw CairnException.stopped(
            "not-brought",
            "rows of the snapshot could not be brought: " + ((Unknown) outcome).message())
        .hint("nothing was changed; `resume` begins again");
  }

  private static long bytes(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    byte[] bytes =
        value instanceof RawText raw
            ? raw.bytes()
            : value instanceof byte[] blob ? blob : new byte[8];
    return bytes.length * 4L / 3;
  }

  private String columns() {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      columns.add("c" + i);
    }
    return String.join(", ", columns);
  }

  private String table() {
    return dialect.quote(name);
  }
}
