package dev.cairn.journal;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RebuildSchema;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RebuildTable.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way back from a rebuild: the old table is made anew from its own text. A value comes from the
 * row as it was written down where nothing that it is made of was changed since, else from the
 * inverse expression; so does every value of a row that was added since.
 */
final class RebuildUndo {
  private final Run run;
  private final Dialect dialect;
  private final Catalog catalog;
  private final Table now;
  private final Table was;
  private final RebuildSchema schema;
  private final String create;
  private final List<SchemaObject> after;
  private final Map<String, String> forward;
  private final Map<String, String> inverse;
  private final List<String> key;
  private final List<String> written;

  private RebuildUndo(ReadView view, Run run, Catalog catalog, Dialect dialect) {
    this.run = run;
    this.dialect = dialect;
    this.catalog = catalog;
    List<SchemaObject> before = RebuildTables.before(view, run.id());
    SchemaObject table =
        before.stream().filter(each -> each.type().equals("table")).findFirst().orElseThrow();
    this.now = catalog.table(table.name()).orElseThrow(() -> changed(table.name()));
    this.schema = new RebuildSchema(catalog, now, dialect);
    this.create = table.sql();
    this.after = after(view, before);
    this.was = schema.made(create, after).orElseThrow(() -> changed(table.name()));
    this.forward = RebuildTables.expressions(view, run.id(), "forward");
    this.inverse = RebuildTables.expressions(view, run.id(), "inverse");
    JournalledRows rows =
        JournalledRows.of(view, run.id()).stream().findFirst().orElseThrow(() -> pruned());
    this.key = rows.key();
    this.written = rows.after();
    if (!now.columns().stream().map(Column::name).toList().containsAll(forward.keySet())) {
      throw changed(table.name());
    }
  }

  /** Whether a run made a table anew. */
  static boolean is(ReadView view, Catalog catalog, Run run) {
    return catalog.table("cairn_rebuild").isPresent()
        && view.number(SqlFragment.of("SELECT count(*) FROM cairn_rebuild WHERE run = ?", run.id()))
            > 0;
  }

  /** The plan that takes it back. */
  static Plan plan(ReadView view, Catalog catalog, Dialect dialect, Run run) {
    return new RebuildUndo(view, run, catalog, dialect).plan(view);
  }

  private Plan plan(ReadView view) {
    List<Finding> findings = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Column column : was.columns()) {
      if (!column.generated()) {
        columns.add(column.name());
        values.add(value(column.name()));
      }
    }
    RebuildTable step =
        new RebuildTable(
            now,
            was,
            key,
            columns,
            rows(columns, values),
            schema.swap(create, after, List.of()),
            inverse,
            forward,
            run.id());
    changedSince(view).ifPresent(findings::add);
    return new Plan(
        "undo-" + run.id(),
        Undoing.text(run.id()),
        true,
        Optional.empty(),
        catalog.fingerprint(),
        List.of(step),
        findings);
  }

  /** What was there before, and what others made since; what the run itself made goes. */
  private List<SchemaObject> after(ReadView view, List<SchemaObject> before) {
    List<SchemaObject> after = new ArrayList<>();
    before.stream().filter(each -> !each.type().equals("table")).forEach(after::add);
    List<String> made =
        view
            .rows(
                SqlFragment.of(
                    "SELECT name FROM cairn_rebuild WHERE run = ? AND item = 'made'", run.id()))
            .stream()
            .map(row -> row.get(0).toString())
            .toList();
    for (SchemaObject object : schema.around()) {
      String name = object.type() + " " + object.name();
      if (object.isOf(now.name()) && made.stream().noneMatch(name::equalsIgnoreCase)) {
        after.add(object);
      }
    }
    return after;
  }

  /**
   * The rows as they were: {@code n} is the row as it is with its inverse expressions, {@code p}
   * what was written down of it.
   */
  private Rows rows(List<String> columns, List<String> values) {
    List<String> outer = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      outer.add(values.get(i) + " AS " + dialect.quote(columns.get(i)));
    }
    List<String> inner = new ArrayList<>();
    now.columns().forEach(each -> inner.add(dialect.quote(each.name()) + " AS " + n(each.name())));
    inverse.forEach((name, sql) -> inner.add(sql + " AS " + i(name)));
    String on =
        key.stream()
            .map(name -> "p." + dialect.quote(name) + " = +n." + n(name))
            .collect(Collectors.joining(" AND "));
    return new Rows(
        SqlFragment.of(
            "SELECT "
                + String.join(", ", outer)
                + " FROM (SELECT "
                + String.join(", ", inner)
                + " FROM"),
        SqlFragment.of("AS " + dialect.quote(now.name()) + ") AS n LEFT JOIN (SELECT * FROM ")
            .then(dialect.quote(UndoTables.name(now)))
            .then(" WHERE cairn_run = ?) AS p ON " + on, run.id()));
  }

  private String value(String column) {
    if (key.stream().anyMatch(column::equalsIgnoreCase)) {
      return "n." + n(column);
    }
    String stored = "p." + dialect.quote(column);
    String expression = inverse.get(column);
    if (expression == null) {
      return stored; // gone with the rebuild: nothing but what was written down knows it
    }
    String untouched =
        schema.mentioned(expression, now.columns().stream().map(Column::name).toList()).stream()
            .map(this::untouched)
            .collect(Collectors.joining(" AND "));
    return "CASE WHEN p.cairn_run IS NOT NULL"
        + (untouched.isEmpty() ? "" : " AND " + untouched)
        + " THEN "
        + stored
        + " ELSE n."
        + i(column)
        + " END";
  }

  /** That a column has what the rebuild wrote there; one that was added since has no part in it. */
  private String untouched(String column) {
    boolean compared = written.stream().anyMatch(column::equalsIgnoreCase);
    return compared
        ? "("
            + dialect.identical(
                now.column(column).orElseThrow(),
                now,
                "n." + n(column),
                "p." + dialect.quote(UndoTables.written(column)))
            + ")"
        : "1";
  }

  /** What a person should know: rows that don't come back exactly as they were. */
  private Optional<Finding> changedSince(ReadView view) {
    String same = written.stream().map(this::untouched).collect(Collectors.joining(" AND "));
    SqlFragment counts =
        SqlFragment.of("SELECT total(p.cairn_run IS NULL), total(p.cairn_run IS NOT NULL AND NOT (")
            .then(same.isEmpty() ? "1" : same)
            .then(")) FROM (SELECT " + list() + " FROM " + dialect.quote(now.name()))
            .then(") AS n LEFT JOIN (SELECT * FROM " + dialect.quote(UndoTables.name(now)))
            .then(" WHERE cairn_run = ?) AS p ON ", run.id())
            .then(
                key.stream()
                    .map(name -> "p." + dialect.quote(name) + " = +n." + n(name))
                    .collect(Collectors.joining(" AND ")));
    List<Object> row = view.row(counts);
    long added = ((Number) row.get(0)).longValue();
    long changed = ((Number) row.get(1)).longValue();
    List<String> unknown =
        was.columns().stream()
            .filter(each -> !each.generated() && !inverse.containsKey(each.name()))
            .map(Column::name)
            .filter(name -> key.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    if (added + changed == 0) {
      return Optional.empty();
    }
    String message =
        "%,d rows were added and %,d changed since: their values go through the rollback's expressions"
            .formatted(added, changed);
    if (added > 0 && !unknown.isEmpty()) {
      message += "; rows added have NULL for " + String.join(", ", unknown);
    }
    return Optional.of(Finding.of("changed-since", Severity.WARNING, message));
  }

  private String list() {
    Map<String, String> all = new LinkedHashMap<>();
    now.columns().forEach(each -> all.put(n(each.name()), dialect.quote(each.name())));
    return all.entrySet().stream()
        .map(each -> each.getValue() + " AS " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private String n(String column) {
    return dialect.quote("cairn_n_" + column.toLowerCase(Locale.ROOT));
  }

  private String i(String column) {
    return dialect.quote("cairn_i_" + column.toLowerCase(Locale.ROOT));
  }

  private CairnException changed(String table) {
    return CairnException.drift(
            "schema-drift", table + " is no longer as run " + run.id() + " made it")
        .hint("put it back by a plan of your own; the old rows stand in the journal");
  }

  private CairnException pruned() {
    return CairnException.refused(
        "nothing-to-undo", "the journal of run " + run.id() + " is no longer there");
  }
}
