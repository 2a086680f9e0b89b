package dev.cairn.journal;

import dev.cairn.catalog.Table;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How long the journal keeps what undo needs: everything, unless a policy was stored in the
 * database. What is removed of a run is removed whole, in one transaction.
 */
public final class JournalKeeping {
  private static final String POLICY =
      "CREATE TABLE IF NOT EXISTS cairn_keep (unit TEXT NOT NULL, amount INTEGER NOT NULL)";

  private final Database database;

  /** The keeping of a database's journal. */
  public JournalKeeping(Database database) {
    this.database = database;
  }

  /**
   * What is kept.
   *
   * @param unit runs or days
   * @param amount how many of them
   */
  public record Policy(Unit unit, long amount) {
    /** What the amount counts. */
    public enum Unit {
      RUNS,
      DAYS
    }

    @Override
    public String toString() {
      String word = unit.name().toLowerCase(Locale.ROOT);
      return amount + " " + (amount == 1 ? word.substring(0, word.length() - 1) : word);
    }

    /** Whether a run is kept, given its place among the runs (newest 0) and its age. */
    public boolean keeps(int place, long ageMillis) {
      return unit == Unit.RUNS ? place < amount : ageMillis < amount * 86_400_000L;
    }
  }

  /** The policy stored in the database; empty where everything is kept. */
  public Optional<Policy> policy() {
    if (database.catalog().table("cairn_keep").isEmpty()) {
      return Optional.empty();
    }
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of("SELECT unit, amount FROM cairn_keep")).stream()
          .map(
              row ->
                  new Policy(
                      Policy.Unit.valueOf(row.get(0).toString()),
                      ((Number) row.get(1)).longValue()))
          .findFirst();
    }
  }

  /** Stores a policy; empty keeps everything. Nothing is removed by it. */
  public void keep(Optional<Policy> policy) {
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(SqlFragment.of(POLICY));
    statements.add(SqlFragment.of("DELETE FROM cairn_keep"));
    policy.ifPresent(
        each ->
            statements.add(
                SqlFragment.of(
                    "INSERT INTO cairn_keep (unit, amount) VALUES (?, ?)",
                    each.unit().name(),
                    each.amount())));
    commit(statements, "the policy could not be stored");
  }

  /** Removes runs and all that undo would need of them, all or none. */
  public void remove(List<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    String numbers =
        runs.stream().map(run -> String.valueOf(run.id())).collect(Collectors.joining(", "));
    List<SqlFragment> statements = new ArrayList<>();
    for (Table table : own()) {
      // A target may have a column named run; its undo table has cairn_run.
      String column = table.column("cairn_run").isPresent() ? "cairn_run" : "run";
      if (table.column(column).isPresent()) {
        statements.add(
            SqlFragment.of(
                "DELETE FROM %s WHERE %s IN (%s)".formatted(quoted(table), column, numbers)));
      }
    }
    commit(statements, "%d runs could not be removed".formatted(runs.size()));
  }

  /** Drops every table of the journal; gives their number. */
  public int drop() {
    List<Table> own = own();
    List<SqlFragment> statements = new ArrayList<>();
    own.forEach(table -> statements.add(SqlFragment.of("DROP TABLE " + quoted(table))));
    commit(statements, "the journal could not be dropped");
    return own.size();
  }

  private List<Table> own() {
    return database.catalog().tables().stream()
        .filter(table -> table.name().toLowerCase(Locale.ROOT).startsWith("cairn_"))
        .toList();
  }

  private String quoted(Table table) {
    return database.dialect().quote(table.name());
  }

  private void commit(List<SqlFragment> statements, String what) {
    var outcome = database.atomically(AtomicBatch.of(statements));
    if (outcome instanceof Committed) {
      return;
    }
    String why = outcome instanceof RolledBack failed ? failed.message() : "no clear answer";
    throw CairnException.stopped("journal", what + ": " + why)
        .hint("run it again when the database is free");
  }
}
