package dev.cairn.verify;

import dev.cairn.database.Database;
import dev.cairn.database.ParallelReads;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.KeptKeys;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Compares every row that a plan's query yields, up to its bounds, with the target: by value, null
 * and type, lane by lane. Reads only.
 */
public final class Verifier {
  private final Database database;

  /** A verifier on a database. */
  public Verifier(Database database) {
    this.database = database;
  }

  /** Compares everything. */
  public Verification verify(Measured measured) {
    long started = System.nanoTime();
    MigrateRows step = measured.plan().migration();
    Optional<SqlFragment> kept =
        KeptKeys.of(database.catalog(), step, measured.plan().name(), database.dialect());
    List<Callable<List<Check>>> tasks = new ArrayList<>();
    for (Lane lane : measured.lanes()) {
      boolean empty = step.fanOut().isPresent() && lane.entries().isEmpty();
      if (!empty) {
        tasks.add(() -> lane(step, lane, kept));
      }
    }
    List<Check> checks = new ArrayList<>();
    ParallelReads.run(database, tasks).forEach(checks::addAll);
    double seconds = (System.nanoTime() - started) / 1e9;
    boolean nothing = checks.stream().mapToLong(Check::compared).sum() == 0;
    return nothing
        ? new Verification.NotVerifiable(checks, seconds, "the query yields no rows")
        : Verification.of(checks, seconds);
  }

  private List<Check> lane(MigrateRows step, Lane lane, Optional<SqlFragment> kept) {
    try (ReadView view = database.view()) {
      return new LaneVerifier(view, step, lane, database.dialect(), kept).checks();
    }
  }
}
