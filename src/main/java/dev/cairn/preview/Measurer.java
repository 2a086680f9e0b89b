package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.Database;
import dev.cairn.database.ParallelReads;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.Plan;
import dev.cairn.plan.Token;
import dev.cairn.plan.Token.LaneBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Asks the database what a plan would do: exact counts lane by lane, the resolved mapping, the
 * bounds, everything that a person should know first. Reads only.
 */
public final class Measurer {
  private final Database database;
  private final Plan plan;
  private final MigrateRows step;

  private final Depth depth;

  private final List<Lane> earlier;

  private Measurer(Database database, Plan plan, Depth depth, List<Lane> earlier) {
    this.database = database;
    this.plan = plan;
    this.step = plan.migration();
    this.depth = depth;
    this.earlier = earlier;
  }

  /** How much is asked. */
  public enum Depth {
    /** Everything, also what the target holds already. */
    FULL,
    /** What the token binds: mapping, counts and digests of the source. */
    TOKEN,
    /** Mapping and counts of the source; no digest, so no token either. */
    COUNTS
  }

  /**
   * Measures a plan.
   *
   * @param upTo the bounds of an earlier token, to see whether it would be the same again; without
   *     them each lane's bound is its last source row as of now
   */
  public static Measured measure(Database database, Plan plan, Optional<Token> upTo, Depth depth) {
    return new Measurer(database, plan, depth, List.of()).measure(upTo);
  }

  /**
   * The same of a plan that was measured before, up to that token's bounds.
   *
   * @param earlier the lanes as they were then: what is likely to be asked again is asked at once
   */
  public static Measured measureAgain(
      Database database, Plan plan, Token upTo, Depth depth, List<Lane> earlier) {
    return new Measurer(database, plan, depth, earlier).measure(Optional.of(upTo));
  }

  /** The same measurement with other figures for what the target holds. */
  public static Measured withLanes(Measured measured, List<Lane> lanes) {
    return new Measured(
        measured.plan(),
        measured.target(),
        lanes,
        measured.findings(),
        measured.token(),
        measured.estimateSeconds());
  }

  /** The same measurement with what else was found; an error takes its token. */
  public static Measured withFindings(Measured measured, List<Finding> more) {
    List<Finding> all = new ArrayList<>(more);
    all.addAll(measured.findings());
    boolean refused = all.stream().anyMatch(each -> each.severity() == Severity.ERROR);
    return new Measured(
        measured.plan(),
        measured.target(),
        measured.lanes(),
        merged(all),
        refused ? Optional.empty() : measured.token(),
        measured.estimateSeconds());
  }

  private Measured measure(Optional<Token> upTo) {
    List<Finding> findings = new ArrayList<>(plan.findings());
    List<LaneStart> starts;
    try (ReadView view = database.view()) {
      starts = lanes(view, findings);
      findings.addAll(new Preflight(database, step).findings(view));
    }
    if (upTo.isPresent()) {
      starts = bounded(starts, upTo.get());
    }
    List<MeasuredLane> measured = inParallel(starts);
    List<Lane> lanes = new ArrayList<>();
    for (MeasuredLane each : measured) {
      findings.addAll(each.findings());
      each.lane().ifPresent(lanes::add);
    }
    if (depth == Depth.FULL) {
      findings.addAll(new DiskSpace(database, step).findings(lanes));
    }
    List<Finding> all = merged(findings);
    return depth == Depth.COUNTS
        ? new Measured(plan, database.identity(), lanes, all, Optional.empty(), estimate(lanes))
        : PlanFigures.measured(database, plan, lanes, all, estimate(lanes));
  }

  /** The lanes with their first and last cursor, as the source has them now. */
  private List<LaneStart> lanes(ReadView view, List<Finding> findings) {
    String cursor = step.cursor();
    String lane = step.lane().map(database.dialect()::quote).orElse("NULL");
    String sql =
        "SELECT %s, count(*), count(%s), min(%s), max(%s) FROM %s%s%s"
            .formatted(
                lane,
                cursor,
                cursor,
                cursor,
                database.dialect().quote(step.source().name()),
                step.filter().map(filter -> " WHERE (" + filter + ")").orElse(""),
                step.lane().isPresent() ? " GROUP BY 1 ORDER BY 1" : "");
    List<LaneStart> starts = new ArrayList<>();
    for (List<Object> row : view.rows(SqlFragment.of(sql))) {
      long rows = ((Number) row.get(1)).longValue();
      long placed = ((Number) row.get(2)).longValue();
      boolean nameless = step.lane().isPresent() && row.get(0) == null;
      if (rows > placed || (nameless && rows > 0)) {
        findings.add(
            Finding.of(
                "source-key",
                Severity.ERROR,
                "%,d rows of %s have NULL in %s: they belong to no place in the work"
                    .formatted(
                        nameless ? rows : rows - placed,
                        step.source().name(),
                        nameless ? step.lane().get() : cursor)));
      }
      if (placed > 0 && !nameless) {
        starts.add(new LaneStart(row.get(0), row.get(3), row.get(4), placed));
      }
    }
    return starts;
  }

  /** Only the token's lanes, up to the token's bounds; what came later belongs to the next plan. */
  private static List<LaneStart> bounded(List<LaneStart> starts, Token token) {
    List<LaneStart> result = new ArrayList<>();
    for (LaneBound bound : token.bounds()) {
      Object from =
          starts.stream()
              .filter(start -> Objects.deepEquals(start.value(), bound.lane()))
              .map(LaneStart::from)
              .findFirst()
              .orElse(null); // all its rows are gone; it keeps its place among the lanes
      result.add(new LaneStart(bound.lane(), from, bound.bound(), 0));
    }
    return result;
  }

  private List<MeasuredLane> inParallel(List<LaneStart> starts) {
    List<Callable<MeasuredLane>> tasks = new ArrayList<>();
    starts.forEach(start -> tasks.add(() -> measureLane(start)));
    return ParallelReads.run(database, tasks);
  }

  private MeasuredLane measureLane(LaneStart start) {
    try (ReadView view = database.view()) {
      LaneMeasurer measurer = new LaneMeasurer(view, step, database.dialect(), depth);
      earlier.stream()
          .filter(lane -> Objects.deepEquals(lane.value(), start.value()))
          .findFirst()
          .ifPresent(lane -> measurer.askAhead(start, lane));
      return measurer.measure(start);
    }
  }

  /** What several lanes have to say alike is said once. */
  private static List<Finding> merged(List<Finding> findings) {
    return findings.stream().distinct().toList();
  }

  /** About 0.4 µs for each row and each tree it goes into, as measured; comparing costs less. */
  private double estimate(List<Lane> lanes) {
    int trees = 1 + step.target().indexes().size();
    long write = lanes.stream().mapToLong(Lane::toWrite).sum();
    long compare = lanes.stream().mapToLong(Lane::alreadyThere).sum();
    return Math.round((write * trees * 0.4e-6 + compare * 0.6e-6) * 10) / 10.0;
  }

  /**
   * A lane before it is measured.
   *
   * @param value the lane column's value
   * @param from the first cursor value
   * @param bound the last cursor value
   * @param rows source rows found when the lanes were listed; 0 where nothing is known of them
   */
  record LaneStart(Object value, Object from, Object bound, long rows) {}

  /** A lane's figures, or none where it can't be migrated; and what there is to say about it. */
  record MeasuredLane(Optional<Lane> lane, List<Finding> findings) {}
}
