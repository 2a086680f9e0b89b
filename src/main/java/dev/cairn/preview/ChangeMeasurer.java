package dev.cairn.preview;

import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeQuery;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.KeyTuple;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.Token;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.InsertedRows;
import java.util.List;
import java.util.Optional;

/**
 * Asks the database which rows a change would touch: how many, and a digest of their keys and of
 * what is kept of them, which tells when they aren't those any more. Reads only.
 */
public final class ChangeMeasurer {
  /**
   * More rows than this aren't written down in one transaction where they can be cut by key range:
   * about a second.
   */
  private static final long MOST_STAGED = 400_000;

  private final Database database;
  private final Plan plan;
  private final ChangeRows step;

  private ChangeMeasurer(Database database, Plan plan) {
    this.database = database;
    this.plan = plan;
    this.step = (ChangeRows) plan.step();
  }

  /**
   * Measures a change.
   *
   * @param upTo the bound of an earlier token, to see whether it would be the same again
   */
  public static Measured measure(Database database, Plan plan, Optional<Token> upTo) {
    return new ChangeMeasurer(database, plan).measure(upTo);
  }

  /** The change of a run, as it was measured when the run began: nothing is counted anew. */
  public static Measured stored(Database database, Plan plan, List<Lane> lanes) {
    return new Measured(plan, database.identity(), lanes, plan.findings(), Optional.empty(), 0);
  }

  private Measured measure(Optional<Token> upTo) {
    Lane lane;
    try (ReadView view = database.view()) {
      lane = lane(view, upTo);
    }
    return PlanFigures.measured(
        database,
        plan,
        List.of(lane),
        PlanFigures.findings(database, plan),
        estimate(lane.sourceRows()));
  }

  private Lane lane(ReadView view, Optional<Token> upTo) {
    if (step.scope() instanceof ChangedRows) {
      return changed(view, upTo);
    }
    RowsDigest source =
        step.scope() instanceof InsertedRows inserted
            ? RowsDigest.of(view, SqlFragment.of(inserted.source("*", "")))
            : new RowsDigest(0, "");
    return lane(Batching.WHOLE, null, source);
  }

  private Lane changed(ReadView view, Optional<Token> upTo) {
    ChangeQuery query = new ChangeQuery(step, database.dialect());
    Object bound = upTo.map(token -> token.bounds().get(0).bound()).orElse(null);
    boolean byRange = upTo.isPresent() ? bound != null : isManyRows(view, query);
    if (byRange && bound == null) {
      List<List<Object>> highest = view.rows(query.bound());
      bound = highest.isEmpty() ? null : KeyTuple.text(highest.get(0));
    }
    RowsDigest rows =
        RowsDigest.of(view, query.pictures(Optional.ofNullable(bound).map(Object::toString)));
    if (bound != null) {
      return lane(Batching.BY_RANGE, bound, rows);
    }
    boolean repeats =
        ((ChangedRows) step.scope()).joined() && view.number(query.matches()) != rows.count();
    return lane(
        repeats || step.batching() == Batching.WHOLE ? Batching.WHOLE : Batching.STAGED,
        null,
        rows);
  }

  private boolean isManyRows(ReadView view, ChangeQuery query) {
    return step.batching() == Batching.BY_RANGE
        && view.number(query.count()) > MOST_STAGED
        && canBeCut(query);
  }

  /** A row's own number, or the table's whole path, can't be asked of a range of its rows. */
  private boolean canBeCut(ChangeQuery query) {
    try {
      database.check(query.images(KeyRange.upTo(null)));
      return true;
    } catch (CairnException cannot) {
      if (cannot.exit() != ExitCode.FAILED) {
        throw cannot; // how a change is cut must not hang on an answer that got lost
      }
      return false;
    }
  }

  private static Lane lane(Batching batching, Object bound, RowsDigest rows) {
    return new Lane(
        null, batching.name(), List.of(), null, bound, rows.count(), rows.count(), 0, rows.hex());
  }

  /** About 2 µs for each row and 0.4 µs for each of its trees, as measured. */
  private double estimate(long rows) {
    int trees = 1 + step.target().table().indexes().size();
    return Math.round(rows * (2e-6 + trees * 0.4e-6) * 10) / 10.0;
  }
}
