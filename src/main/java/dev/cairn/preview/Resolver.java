package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.SourceSpan;
import dev.cairn.plan.ColumnSpec;
import dev.cairn.plan.Entry;
import dev.cairn.plan.FanOutSpec;
import dev.cairn.plan.FanOutSpec.ChoiceSpec;
import dev.cairn.plan.FanOutSpec.LookupSpec;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.preview.Measurer.LaneStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the database which variant a lane takes and what its entries' values are. */
final class Resolver {
  private final ReadView view;
  private final MigrateRows step;
  private final Dialect dialect;
  private final LaneStart start;
  private final List<Finding> findings;

  Resolver(
      ReadView view, MigrateRows step, Dialect dialect, LaneStart start, List<Finding> findings) {
    this.view = view;
    this.step = step;
    this.dialect = dialect;
    this.start = start;
    this.findings = findings;
  }

  /** The lane's variant and entries. */
  record Mapping(String variant, List<Entry> entries) {}

  /** What is asked in every case. */
  List<SqlFragment> questions() {
    return step.fanOut().stream()
        .flatMap(
            fanOut ->
                Stream.concat(
                    fanOut.choice().stream().map(this::chosen),
                    fanOut.lookup().stream().map(this::found)))
        .toList();
  }

  /** Empty where the lane can't be mapped at all; a finding then says why. */
  Optional<Mapping> resolve() {
    if (step.fanOut().isEmpty()) {
      return Optional.of(new Mapping("", List.of()));
    }
    FanOutSpec fanOut = step.fanOut().get();
    view.ahead(questions());
    Optional<String> variant =
        fanOut.choice().isPresent() ? variant(fanOut.choice().get()) : Optional.of("");
    if (variant.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Map<String, ColumnSpec>> rows = fanOut.variants().get(variant.get());
    if (rows == null) {
      long count = sourceRows();
      warn(
          "unmapped-lane",
          "%s %s is %s, for which the plan has no variant: its %,d source rows are left alone"
              .formatted(step.lane().orElse("lane"), start.value(), variant.get(), count),
          fanOut.choice().get().column().span());
      return Optional.empty();
    }
    return Optional.of(new Mapping(variant.get(), entries(fanOut, rows)));
  }

  private Optional<String> variant(ChoiceSpec choice) {
    List<List<Object>> rows = view.rows(chosen(choice));
    if (rows.size() == 1 && rows.get(0).get(0) != null) {
      return Optional.of(rows.get(0).get(0).toString());
    }
    String what =
        rows.size() > 1 ? rows.size() + " rows" : "no row with a " + choice.column().sql();
    warn(
        "orphan",
        "%s %s has %s in %s: its %,d source rows are left alone"
            .formatted(
                step.lane().orElse("lane"),
                start.value(),
                what,
                choice.table().sql(),
                sourceRows()),
        choice.table().span());
    return Optional.empty();
  }

  private List<Entry> entries(FanOutSpec fanOut, Map<String, Map<String, ColumnSpec>> rows) {
    if (fanOut.lookup().isEmpty()) {
      List<Entry> entries = new ArrayList<>();
      rows.forEach(
          (name, columns) -> entries.add(new Entry(entries.size() + 1, name, name, columns)));
      return entries;
    }
    Map<String, List<Object>> found = lookup(fanOut.lookup().get());
    Map<Object, String> taken = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    rows.forEach(
        (name, columns) -> {
          List<Object> values = found.getOrDefault(name, List.of());
          if (values.size() == 1 && !refused(fanOut, name, columns, values.get(0), taken)) {
            entries.add(new Entry(entries.size() + 1, name, values.get(0), columns));
          } else if (values.size() != 1) {
            report(fanOut, name, columns, values.size());
          }
        });
    return entries;
  }

  /** A value that two entries share gives their rows one key; one of the two would be lost. */
  private boolean refused(
      FanOutSpec fanOut,
      String name,
      Map<String, ColumnSpec> columns,
      Object value,
      Map<Object, String> taken) {
    LookupSpec lookup = fanOut.lookup().orElseThrow();
    SourceSpan span = columns.values().iterator().next().value().span();
    String place = step.lane().map(lane -> lane + " " + start.value()).orElse("the plan");
    // U+FFFD is what is left of bytes that are no text: it would be written in their place.
    if (value instanceof String text && (text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0)) {
      findings.add(
          new Finding(
              "lookup-value",
              Severity.ERROR,
              "%s: the value of '%s' in %s.%s is no valid text"
                  .formatted(place, name, lookup.table().sql(), lookup.value().sql()),
              Optional.of(span)));
      return true;
    }
    String other = taken.putIfAbsent(comparable(value), name);
    if (other != null) {
      findings.add(
          new Finding(
              "ambiguous-point",
              Severity.ERROR,
              "%s: '%s' and '%s' have the same value %s in %s.%s; their rows would have one key"
                  .formatted(
                      place,
                      other,
                      name,
                      comparable(value),
                      lookup.table().sql(),
                      lookup.value().sql()),
              Optional.of(span)));
    }
    return other != null;
  }

  /** 5 and 5.0 are one key. */
  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    boolean whole = value instanceof Double number && number == Math.rint(number);
    return whole && Math.abs((Double) value) < 1e15 ? ((Double) value).longValue() : value;
  }

  private Map<String, List<Object>> lookup(LookupSpec lookup) {
    Map<String, List<Object>> found = new LinkedHashMap<>();
    for (List<Object> row : view.rows(found(lookup))) {
      if (row.get(0) != null && row.get(1) != null) {
        found.computeIfAbsent(row.get(0).toString(), key -> new ArrayList<>()).add(row.get(1));
      }
    }
    return found;
  }

  /** A missing entry is named once, with how many source rows it concerns and what they hold. */
  private void report(
      FanOutSpec fanOut, String name, Map<String, ColumnSpec> columns, int matches) {
    LookupSpec lookup = fanOut.lookup().orElseThrow();
    SourceSpan span = columns.values().iterator().next().value().span();
    String place = step.lane().map(lane -> lane + " " + start.value()).orElse("the plan");
    if (matches > 1) {
      findings.add(
          new Finding(
              "ambiguous-point",
              Severity.ERROR,
              "%s: '%s' stands %d times in %s.%s; which one is meant can't be told"
                  .formatted(place, name, matches, lookup.table().sql(), lookup.name().sql()),
              Optional.of(span)));
      return;
    }
    Lane lane = new Lane(start.value(), "", List.of(), start.from(), start.bound(), 0, 0, 0, "");
    MigrationQuery query = new MigrationQuery(withoutFanOut(), lane, dialect);
    String values =
        columns.values().stream()
            .map(spec -> "(" + spec.value().sql() + ") IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    List<Object> counts =
        view.row(
            SqlFragment.of("SELECT count(*), count(*) FILTER (WHERE " + values + ")")
                .then(query.fromSource(KeyRange.upTo(start.bound()))));
    warn(
        "missing-point",
        "%s: '%s' is not in %s; %,d source rows have no place for it, %,d of them with a value"
            .formatted(
                place,
                name,
                lookup.table().sql(),
                ((Number) counts.get(0)).longValue(),
                ((Number) counts.get(1)).longValue()),
        span);
  }

  private MigrateRows withoutFanOut() {
    return new MigrateRows(
        step.source(),
        step.lane(),
        step.cursor(),
        step.filter(),
        List.of(),
        step.target(),
        step.key(),
        step.onConflict(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        step.suspended());
  }

  private long sourceRows() {
    Lane lane = new Lane(start.value(), "", List.of(), start.from(), start.bound(), 0, 0, 0, "");
    return view.number(
        new MigrationQuery(withoutFanOut(), lane, dialect)
            .sourceRows(KeyRange.upTo(start.bound())));
  }

  private SqlFragment chosen(ChoiceSpec choice) {
    String select =
        "SELECT "
            + dialect.quote(choice.column().sql())
            + " FROM "
            + dialect.quote(choice.table().sql());
    return where(select, choice.match());
  }

  private SqlFragment found(LookupSpec lookup) {
    String select =
        "SELECT "
            + dialect.quote(lookup.name().sql())
            + ", "
            + dialect.quote(lookup.value().sql())
            + " FROM "
            + dialect.quote(lookup.table().sql());
    return where(select, lookup.match());
  }

  private SqlFragment where(String select, Map<String, ?> match) {
    SqlFragment fragment = SqlFragment.of(select);
    String glue = " WHERE ";
    for (String column : match.keySet()) {
      fragment = fragment.then(glue + dialect.quote(column) + " = ?", start.value());
      glue = " AND ";
    }
    return fragment;
  }

  private void warn(String check, String message, SourceSpan span) {
    findings.add(new Finding(check, Severity.WARNING, message, Optional.of(span)));
  }
}
