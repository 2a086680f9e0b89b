package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Entry;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.ParentProof;
import dev.cairn.plan.PresentRows;
import dev.cairn.preview.Measurer.Depth;
import dev.cairn.preview.Measurer.LaneStart;
import dev.cairn.preview.Measurer.MeasuredLane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures one lane in one view: mapping, counts, digest. */
final class LaneMeasurer {
  private final ReadView view;
  private final MigrateRows step;
  private final Dialect dialect;
  private final List<Finding> findings = new ArrayList<>();

  private final Depth depth;

  LaneMeasurer(ReadView view, MigrateRows step, Dialect dialect, Depth depth) {
    this.depth = depth;
    this.view = view;
    this.step = step;
    this.dialect = dialect;
  }

  /** Asks at once for all that is needed if the lane's mapping is what it was. */
  void askAhead(LaneStart start, Lane earlier) {
    List<SqlFragment> queries =
        new ArrayList<>(new Resolver(view, step, dialect, start, findings).questions());
    Lane likely =
        lane(start, new Resolver.Mapping(earlier.variant(), earlier.entries()), 0, 0, 0, "");
    queries.addAll(
        questions(new MigrationQuery(step, likely, dialect), KeyRange.upTo(start.bound())));
    view.ahead(queries);
  }

  MeasuredLane measure(LaneStart start) {
    Resolver resolver = new Resolver(view, step, dialect, start, findings);
    Optional<Resolver.Mapping> mapping = resolver.resolve();
    if (mapping.isEmpty()) {
      return new MeasuredLane(Optional.empty(), findings);
    }
    List<Entry> entries = mapping.get().entries();
    Lane bare = lane(start, mapping.get(), 0, 0, 0, "");
    MigrationQuery query = new MigrationQuery(step, bare, dialect);
    KeyRange all = KeyRange.upTo(start.bound());
    view.ahead(questions(query, all));
    long sourceRows = view.number(query.sourceRows(all));
    checkReached(bare, sourceRows, start.rows());
    checkProgress(bare);
    boolean nothing = step.fanOut().isPresent() && entries.isEmpty();
    if (nothing) {
      return new MeasuredLane(
          Optional.of(lane(start, mapping.get(), sourceRows, 0, 0, digest(query, all))), findings);
    }
    checkKeys(query, all, bare);
    if (depth == Depth.FULL) {
      new KeyUniqueness(view, step, query, dialect).check(all, bare, findings);
    }
    checkParents(query, bare);
    long expected =
        step.aggregates() ? view.number(query.count(all)) : sourceRows * query.rowsPerSource();
    return new MeasuredLane(
        Optional.of(
            lane(
                start,
                mapping.get(),
                sourceRows,
                expected,
                present(query, all),
                digest(query, all))),
        findings);
  }

  /** What will be asked for in every case. */
  private List<SqlFragment> questions(MigrationQuery query, KeyRange all) {
    List<SqlFragment> queries = new ArrayList<>();
    queries.add(query.sourceRows(all));
    ParentProof.of(query).map(LaneMeasurer::holds).ifPresent(queries::add);
    if (depth == Depth.FULL) {
      PresentRows.of(query)
          .ifPresent(
              shorter -> {
                queries.add(shorter.countOdd(all));
                queries.add(shorter.count(all));
              });
    }
    if (depth != Depth.COUNTS) {
      queries.add(new SourceKeys(step.cursor(), query, dialect).first(all));
    }
    return queries;
  }

  private static SqlFragment holds(SqlFragment condition) {
    return SqlFragment.of("SELECT CASE WHEN ").then(condition).then(" THEN 1 ELSE 0 END");
  }

  /**
   * Rows that were listed must be found again by their lane and bound. They aren't where the source
   * lost rows meanwhile, or where a value (such as text that is no UTF-8) can't make the round
   * trip; a batch could then pass them by.
   */
  private void checkReached(Lane lane, long found, long listed) {
    if (found < listed) {
      findings.add(
          Finding.of(
              "source-key",
              Severity.ERROR,
              ("lane %s: of %,d source rows %,d are found again by lane and cursor; either rows were"
                      + " deleted meanwhile (plan again), or a value of theirs is no valid text")
                  .formatted(lane.label(), listed, found)));
    }
  }

  /** The progress table takes whole numbers only. */
  private void checkProgress(Lane lane) {
    boolean whole = lane.value() instanceof Long && lane.bound() instanceof Long;
    if (step.progressName().isPresent() && !whole) {
      findings.add(
          Finding.of(
              "progress-name",
              Severity.ERROR,
              "progress_name needs a lane and a cursor of whole numbers; take it out of the plan"));
    }
  }

  private long present(MigrationQuery query, KeyRange all) {
    if (depth != Depth.FULL) {
      return 0;
    }
    Optional<PresentRows> shorter = PresentRows.of(query);
    if (shorter.isPresent() && view.number(shorter.get().countOdd(all)) == 0) {
      return view.number(shorter.get().count(all));
    }
    return view.number(query.countPresent(all));
  }

  /** A NULL in a unique key never conflicts: each apply would write the row again. */
  private void checkKeys(MigrationQuery query, KeyRange all, Lane lane) {
    for (String key : step.key()) {
      Column column = step.target().column(key).orElseThrow();
      String expression = query.expression(key);
      boolean sourceNotNull =
          step.source().column(expression.strip()).map(Column::notNull).orElse(false);
      // NOT NULL on a row's number refuses nothing: SQLite makes up a number instead.
      boolean numbered = step.target().rowNumber().filter(key::equalsIgnoreCase).isPresent();
      if ((column.notNull() && !numbered) || sourceNotNull) {
        continue;
      }
      String quoted = "q." + dialect.quote(key);
      long missing =
          view.number(
              SqlFragment.of("SELECT count(*) FROM (")
                  .then(query.rows(all))
                  .then(") AS q WHERE " + quoted + " IS NULL"));
      if (missing > 0) {
        findings.add(
            Finding.of(
                "null-key",
                Severity.ERROR,
                "lane %s: %,d rows would get NULL in the key column %s.%s"
                    .formatted(lane.label(), missing, step.target().name(), key)));
      }
    }
  }

  private void checkParents(MigrationQuery query, Lane lane) {
    Optional<SqlFragment> proof = ParentProof.of(query);
    if (proof.isPresent() && view.number(holds(proof.get())) == 0) {
      findings.add(
          Finding.of(
              "foreign-key",
              Severity.ERROR,
              "lane %s: a row that %s refers to is missing, so its rows could not be written"
                  .formatted(lane.label(), step.target().name())));
    }
  }

  private String digest(MigrationQuery query, KeyRange all) {
    if (depth == Depth.COUNTS) {
      return "";
    }
    return new SourceKeys(step.cursor(), query, dialect).digest(view, all);
  }

  private static Lane lane(
      LaneStart start,
      Resolver.Mapping mapping,
      long sourceRows,
      long expected,
      long present,
      String digest) {
    return new Lane(
        start.value(),
        mapping.variant(),
        mapping.entries(),
        start.from(),
        start.bound(),
        sourceRows,
        expected,
        present,
        digest);
  }
}
