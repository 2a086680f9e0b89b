package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RestoreSteps;
import dev.cairn.plan.TakenValues;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the database which rows a plan would put back, a lane for each step: how many, which of them
 * somebody changed since, and a digest of all that, which tells when it isn't so any more. Reads
 * only.
 */
public final class RestoreMeasurer {
  private static final int SAMPLE = 5;

  private final Database database;
  private final Plan plan;
  private final List<RestoreRows> steps;
  private final String whole;
  private long changed;

  private RestoreMeasurer(Database database, Plan plan) {
    this.database = database;
    this.plan = plan;
    this.steps = plan.restores();
    this.whole = RestoreSteps.whole(steps, database.catalog());
  }

  /** Measures a plan of rows to put back. */
  public static Measured measure(Database database, Plan plan) {
    return new RestoreMeasurer(database, plan).measure();
  }

  /** The same in a view that is open, which reads the snapshot beside the database. */
  public static Measured measure(Database database, ReadView view, Plan plan) {
    return new RestoreMeasurer(database, plan).measure(view);
  }

  private Measured measure() {
    try (ReadView view = database.view(plan.beside())) {
      return measure(view);
    }
  }

  private Measured measure(ReadView view) {
    List<Finding> findings = PlanFigures.findings(database, plan);
    List<Lane> lanes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RestoreRows step : steps) {
      String name = step.kind().word() + " " + step.target().table().name();
      String numbered = name;
      for (int i = 2; !names.add(numbered); i++) {
        numbered = name + " " + i;
      }
      lanes.add(lane(view, step, numbered, findings));
    }
    refuseWhereNothingIsAsLeft(lanes, findings);
    long rows = lanes.stream().mapToLong(Lane::sourceRows).sum();
    return PlanFigures.measured(database, plan, lanes, findings, Math.round(rows * 6e-5) / 10.0);
  }

  /** A table that was made anew, say. An undo of nothing would call the run undone all the same. */
  private void refuseWhereNothingIsAsLeft(List<Lane> lanes, List<Finding> findings) {
    long rows = lanes.stream().mapToLong(Lane::sourceRows).sum();
    if (rows > 0 && rows == changed) {
      findings.add(
          Finding.of(
              "conflict",
              Severity.ERROR,
              "no row is as it was left: all was written or made anew since, and there is nothing to"
                  + " put back"));
    }
  }

  private Lane lane(ReadView view, RestoreRows step, String name, List<Finding> findings) {
    RestoreQuery query = new RestoreQuery(step, database.dialect());
    RowsDigest rows = RowsDigest.of(view, query.pictures());
    List<String> sample = new ArrayList<>();
    // A key may be taken by a row that the same transaction removes first: it is asked for there.
    boolean moves = step.kind() == ChangeKind.INSERT && RestoreSteps.allOrNothing(steps);
    // A snapshot is compared with the rows as they are at this moment: none was changed since.
    boolean told = moves || step.beside().isPresent();
    if (step.beside().isPresent() && step.kind() == ChangeKind.UPDATE) {
      refuseReferredTo(view, step, findings);
    }
    if (step.beside().isPresent()
        && step.kind() == ChangeKind.UPDATE
        && RestoreSteps.writesKey(step.target().table(), step.target().after())) {
      refuseTaken(view, step, findings);
    }
    long changed = told ? 0 : conflicts(view, step, query, sample);
    this.changed += changed;
    if (changed > 0) {
      boolean all = RestoreSteps.allOrNothing(steps);
      String words = changed == 1 ? "1 row of %2$s was" : "%1$,d rows of %2$s were";
      findings.add(
          Finding.of(
              "conflict",
              all ? Severity.ERROR : Severity.WARNING,
              (words + " changed since and left alone: %3$s")
                  .formatted(changed, step.target().table().name(), String.join("; ", sample))
                  .concat(changed > SAMPLE ? "; ..." : "")
                  .concat(
                      all ? " (rows that may have moved are put back all or not at all)" : "")));
    }
    return new Lane(
        name,
        (whole.isEmpty() ? Batching.STAGED : Batching.WHOLE).name(),
        List.of(),
        null,
        told ? rows.hex() : null, // a run that has written nothing down is resumed by this
        rows.count(),
        rows.count(),
        0,
        rows.hex());
  }

  /** Rows of a snapshot whose unique values belong to rows that stay. */
  private void refuseTaken(ReadView view, RestoreRows step, List<Finding> findings) {
    TakenValues taken = new TakenValues(step, database.dialect());
    int width = step.target().key().size();
    for (List<String> unique : taken.keys()) {
      SqlFragment rows = taken.rows(unique);
      long count =
          view.number(SqlFragment.of("SELECT count(*) FROM (").then(rows).then(") AS cairn_x"));
      if (count == 0) {
        continue;
      }
      List<String> some = new ArrayList<>();
      for (List<Object> row : view.exactRows(rows.then(" LIMIT " + SAMPLE))) {
        some.add(shown(row.subList(0, width)) + " and " + shown(row.subList(width, 2 * width)));
      }
      findings.add(
          Finding.of(
              "unique-taken",
              Severity.ERROR,
              "%,d rows can't be put back: their (%s) would be another row's too, which stays as it is: %s%s"
                  .formatted(
                      count,
                      String.join(", ", unique),
                      String.join("; ", some),
                      count > SAMPLE ? "; ..." : "")));
    }
  }

  /** Rows of a snapshot of which a value goes that children refer to. */
  private void refuseReferredTo(ReadView view, RestoreRows step, List<Finding> findings) {
    TakenValues taken = new TakenValues(step, database.dialect());
    for (ForeignKey key : database.catalog().referencesTo(step.target().table().name())) {
      if (key.parentColumns().stream().noneMatch(step.target().after()::contains)) {
        continue;
      }
      SqlFragment rows = taken.referredTo(key);
      long count =
          view.number(SqlFragment.of("SELECT count(*) FROM (").then(rows).then(") AS cairn_x"));
      if (count > 0) {
        List<List<Object>> some = view.exactRows(rows.then(" LIMIT " + SAMPLE));
        findings.add(
            Finding.of(
                "referenced",
                Severity.ERROR,
                "%,d rows can't be put back: rows of %s refer to their %s as it is now, and wouldn't find them; `columns (...)` without it puts back the rest: %s%s"
                    .formatted(
                        count,
                        key.table(),
                        String.join(", ", key.parentColumns()),
                        some.stream().map(RestoreMeasurer::shown).collect(Collectors.joining("; ")),
                        count > SAMPLE ? "; ..." : "")));
      }
    }
  }

  private static String shown(List<Object> key) {
    return key.stream().map(RestoreMeasurer::shown).collect(Collectors.joining(", "));
  }

  private static long conflicts(
      ReadView view, RestoreRows step, RestoreQuery query, List<String> sample) {
    long changed = 0;
    try (RowStream conflicts = view.exactly(query.conflicts())) {
      while (conflicts.next()) {
        if (++changed <= SAMPLE) {
          sample.add(versions(step, query, conflicts.row()));
        }
      }
    }
    return changed;
  }

  /** What was left and what is there now, of the columns that differ. */
  private static String versions(RestoreRows step, RestoreQuery query, List<Object> row) {
    int width = query.columns().size();
    TouchedTable target = step.target();
    List<String> names = query.names();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(names.get(i)).append(' ').append(shown(row.get(i)));
    }
    if (row.get(width) == null) {
      return text.append(" is gone").toString();
    }
    if (step.kind() == ChangeKind.INSERT) {
      return text.append(" is there again").toString();
    }
    int skipped = target.key().isEmpty() ? 1 : 0;
    for (int i = 0; i < target.before().size(); i++) {
      Object left = row.get(skipped + i);
      Object now = row.get(width + 1 + i);
      if (!Objects.deepEquals(left, now)) {
        text.append(": ").append(target.before().get(i)).append(" was left as ");
        text.append(shown(left)).append(", is ").append(shown(now));
      }
    }
    return text.toString();
  }

  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      return "a BLOB of " + bytes.length + " bytes";
    }
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }
}
