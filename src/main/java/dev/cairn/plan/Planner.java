package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.plan.FanOutSpec.ChoiceSpec;
import dev.cairn.plan.FanOutSpec.LookupSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks a plan file against a schema and makes it a {@link Plan}. Names that the schema lacks end
 * it with exit 1 and their place in the file; what would be unsafe becomes an error finding.
 */
public final class Planner {
  private final PlanFile file;
  private final MigrationSpec wanted;
  private final Catalog catalog;
  private final Dialect dialect;
  private final PlanNames names;
  private final List<Finding> findings = new ArrayList<>();

  private Planner(PlanFile file, Catalog catalog, Dialect dialect) {
    this.file = file;
    this.wanted = file.migration().orElseThrow();
    this.catalog = catalog;
    this.dialect = dialect;
    this.names = new PlanNames(catalog, dialect.flavour());
  }

  /**
   * Makes the plan.
   *
   * @param where a predicate over source rows, typed after the plan's name
   */
  public static Plan plan(PlanFile file, Optional<String> where, Catalog catalog, Dialect dialect) {
    if (file.change().isPresent()) {
      refuseWhere(where);
      return ChangePlanner.plan(file, catalog, dialect);
    }
    if (file.rebuild().isPresent()) {
      refuseWhere(where);
      return RebuildPlanner.plan(file, catalog, dialect);
    }
    if (file.script().isPresent()) {
      refuseWhere(where);
      return ScriptPlanner.plan(file, catalog, dialect);
    }
    return new Planner(file, catalog, dialect).plan(where);
  }

  private static void refuseWhere(Optional<String> where) {
    if (where.isPresent()) {
      throw CairnException.usage("a plan that changes rows or a table takes no further predicate")
          .hint("write it into the plan's own WHERE");
    }
  }

  private Plan plan(Optional<String> where) {
    Table source = names.table(wanted.source().table());
    Table declared = names.table(wanted.target());
    refuseImpossible(source, declared);
    Optional<Suspension> suspended =
        wanted.suspend().map(spec -> Suspending.of(spec, declared, names, dialect.flavour()));
    Table target = suspended.map(each -> Suspending.without(declared, each)).orElse(declared);
    Optional<String> lane = wanted.source().lane().map(name -> names.column(source, name).name());
    names.expression(wanted.source().cursor(), source);
    wanted.source().where().ifPresent(filter -> names.expression(filter, source));
    where.ifPresent(filter -> names.expression(typed(filter), source));
    wanted.source().groupBy().forEach(group -> names.expression(group, source));
    checkGroups(lane);
    if (wanted.progressName().isPresent() && lane.isEmpty()) {
      throw names.error("progress_name needs a lane", wanted.source().table());
    }
    Map<String, ColumnSpec> columns = columns(wanted.columns(), source, target);
    Optional<FanOutSpec> fanOut = wanted.fanOut().map(spec -> fanOut(spec, source, target, lane));
    List<String> key = wanted.key().stream().map(k -> names.column(target, k).name()).toList();
    MigrateRows step =
        new MigrateRows(
            source,
            lane,
            wanted.source().cursor().sql(),
            filter(where),
            wanted.source().groupBy().stream().map(SqlText::sql).toList(),
            target,
            key,
            wanted.onConflict(),
            wanted.progressName(),
            wanted.progressName().flatMap(name -> catalog.table("migration_progress")),
            columns,
            fanOut,
            suspended);
    checkKey(step);
    checkFilled(step);
    return new Plan(
        file.name(), file.text(), false, where, catalog.fingerprint(), List.of(step), findings);
  }

  private void refuseImpossible(Table source, Table target) {
    if (target.view()) {
      throw names.error(target.name() + " is a view; a plan writes into a table", wanted.target());
    }
    if (source.name().equalsIgnoreCase(target.name())) {
      throw names.error("a plan may not write into the table that it reads", wanted.target());
    }
    if (Catalog.isOwn(target.name())) {
      throw names.error(target.name() + " is Cairn's own table", wanted.target());
    }
  }

  private Optional<String> filter(Optional<String> typed) {
    Optional<String> own = wanted.source().where().map(SqlText::sql);
    if (own.isPresent() && typed.isPresent()) {
      return Optional.of("(" + own.get() + ") AND (" + typed.get() + ")");
    }
    return own.or(() -> typed);
  }

  private void checkGroups(Optional<String> lane) {
    List<SqlText> groups = wanted.source().groupBy();
    if (groups.isEmpty()) {
      return;
    }
    SqlText cursor = wanted.source().cursor();
    if (groups.stream().noneMatch(group -> sameText(group.sql(), cursor.sql()))) {
      throw names.error(
          "the cursor must be one of the group_by expressions, or a batch would cut a group",
          cursor);
    }
    if (lane.isPresent()
        && groups.stream().noneMatch(group -> MigrationQuery.isName(group.sql(), lane.get()))) {
      throw names.error("the lane must be one of the group_by columns", groups.get(0));
    }
  }

  private Map<String, ColumnSpec> columns(
      Map<String, ColumnSpec> specs, Table source, Table target) {
    Map<String, ColumnSpec> result = new LinkedHashMap<>();
    specs.forEach(
        (name, spec) -> {
          Column column = names.column(target, new SqlText(name, spec.value().span()));
          // A key that the database computes still tells which row is meant.
          boolean key = wanted.key().stream().anyMatch(k -> sameText(k.sql(), column.name()));
          if (column.generated() && !key) {
            throw names.error(column.name() + " is computed by the database", spec.value());
          }
          names.expression(spec.value(), source);
          String sql = dialect.spelled(spec.value().sql(), source);
          if (result.put(column.name(), spec.spelled(sql)) != null) {
            throw names.error("the column " + column.name() + " is given twice", spec.value());
          }
        });
    return result;
  }

  private FanOutSpec fanOut(FanOutSpec spec, Table source, Table target, Optional<String> lane) {
    String column = names.column(target, spec.column()).name();
    if (wanted.columns().keySet().stream().anyMatch(column::equalsIgnoreCase)) {
      throw names.error(column + " is the fan-out's column and given under columns", spec.column());
    }
    spec.lookup().ifPresent(lookup -> checkLookup(lookup, source, lane));
    spec.choice().ifPresent(choice -> checkChoice(choice, source, lane));
    Map<String, Map<String, Map<String, ColumnSpec>>> variants = new LinkedHashMap<>();
    spec.variants()
        .forEach(
            (variant, rows) -> {
              Map<String, Map<String, ColumnSpec>> entries = new LinkedHashMap<>();
              rows.forEach((name, columns) -> entries.put(name, columns(columns, source, target)));
              variants.put(variant, entries);
            });
    return new FanOutSpec(
        new SqlText(column, spec.column().span()), spec.lookup(), spec.choice(), variants);
  }

  private void checkLookup(LookupSpec lookup, Table source, Optional<String> lane) {
    Table table = names.table(lookup.table());
    names.column(table, lookup.name());
    names.column(table, lookup.value());
    checkMatch(table, lookup.match(), source, lane);
  }

  private void checkChoice(ChoiceSpec choice, Table source, Optional<String> lane) {
    Table table = names.table(choice.table());
    names.column(table, choice.column());
    checkMatch(table, choice.match(), source, lane);
  }

  private void checkMatch(
      Table table, Map<String, SqlText> match, Table source, Optional<String> lane) {
    match.forEach(
        (column, value) -> {
          names.column(table, new SqlText(column, value.span()));
          String matched = names.column(source, value).name();
          if (lane.isEmpty() || !lane.get().equalsIgnoreCase(matched)) {
            throw names.error(
                "only the lane column can be matched: it is the same for a batch", value);
          }
        });
  }

  /** The mistake of incident 0035, at the plan's own level: half a key is no key. */
  private void checkKey(MigrateRows step) {
    for (String column : step.key()) {
      boolean fanned =
          step.fanOut().isPresent() && step.fanOut().get().column().sql().equals(column);
      if (!fanned && !step.columns().containsKey(column) && !inEveryEntry(step, column)) {
        throw names.error("the key column " + column + " is given no value", wanted.target());
      }
    }
    if (!tellsEntriesApart(step)) {
      findings.add(
          new Finding(
              "target-key",
              Severity.ERROR,
              "the key (%s) doesn't tell the rows of the fan-out apart: all but one would be lost"
                  .formatted(String.join(", ", step.key())),
              Optional.of(wanted.key().get(0).span())));
    }
    if (step.target().keys().stream().noneMatch(key -> key.covers(step.key()))) {
      String real =
          step.target().keys().stream()
              .map(key -> "(" + String.join(", ", key.columns()) + ")")
              .collect(Collectors.joining(" or "));
      findings.add(
          new Finding(
              "target-key",
              Severity.ERROR,
              "(%s) is no unique key of %s; its keys are %s"
                  .formatted(
                      String.join(", ", step.key()),
                      step.target().name(),
                      real.isEmpty() ? "none" : real),
              Optional.of(wanted.key().get(0).span())));
    }
  }

  private static boolean tellsEntriesApart(MigrateRows step) {
    if (step.fanOut().isEmpty()) {
      return true;
    }
    FanOutSpec fanOut = step.fanOut().get();
    return step.key().contains(fanOut.column().sql())
        || fanOut.variants().values().stream()
            .filter(rows -> rows.size() > 1)
            .flatMap(rows -> rows.values().stream())
            .allMatch(columns -> step.key().stream().anyMatch(columns::containsKey));
  }

  private void checkFilled(MigrateRows step) {
    for (Column column : step.target().columns()) {
      boolean rowNumber = step.target().rowNumber().filter(column.name()::equals).isPresent();
      boolean given =
          step.columns().containsKey(column.name())
              || step.fanOut().filter(f -> f.column().sql().equals(column.name())).isPresent()
              || inEveryEntry(step, column.name());
      if (!given && !rowNumber && !column.mayBeOmitted()) {
        findings.add(
            new Finding(
                "not-null",
                Severity.ERROR,
                "%s.%s is NOT NULL, has no default, and the plan gives it no value"
                    .formatted(step.target().name(), column.name()),
                Optional.of(wanted.target().span())));
      }
    }
  }

  private static boolean inEveryEntry(MigrateRows step, String column) {
    return step.fanOut().isPresent()
        && step.fanOut().get().variants().values().stream()
            .flatMap(rows -> rows.values().stream())
            .allMatch(columns -> columns.containsKey(column));
  }

  private static SqlText typed(String predicate) {
    return new SqlText(predicate, new SourceSpan("", 1, 1, predicate));
  }

  private static boolean sameText(String left, String right) {
    return left.strip().equalsIgnoreCase(right.strip());
  }
}
