package dev.cairn.journal;

import dev.cairn.analysis.cascade.Cascade;
import dev.cairn.analysis.cascade.CascadeAction;
import dev.cairn.analysis.cascade.Cascades;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.ReturningText;
import dev.cairn.plan.TouchedTable;
import dev.cairn.plan.scope.ChangedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement of a person's with its journal in one, for an engine whose statements hand their rows
 * on (RETURNING). The rows as they were are read in that very statement, which sees the table as it
 * was before it; the rows as they are now are those that it returns, behind whatever triggers made
 * of them. Rows that foreign keys take along are found from the rows that it wrote.
 *
 * <p>Another's commit in the middle of the statement must be an error, or impossible: REPEATABLE
 * READ, or the tables locked. Otherwise a row that was as it was read could be another by then.
 */
public final class ReturnedRows {
  private final ChangeRows change;
  private final ReturningText text;
  private final Catalog catalog;
  private final Dialect dialect;
  private final TouchedTable target;
  private final Set<String> returned;

  /**
   * @param change what it may write
   * @param text its parts
   * @param catalog the schema as the conversation sees it
   */
  public ReturnedRows(ChangeRows change, ReturningText text, Catalog catalog, Dialect dialect) {
    this.change = change;
    this.text = text;
    this.catalog = catalog;
    this.dialect = dialect;
    this.target = change.target();
    this.returned = new LinkedHashSet<>(target.key());
    this.returned.addAll(text.deletes() ? target.before() : target.after());
    if (text.deletes()) {
      this.returned.addAll(referred());
    }
  }

  /** Whether it gives rows of its own behind the {@link #hidden} columns. */
  public boolean shows() {
    return text.returns();
  }

  /**
   * Columns in front of those that the person asked for: how many rows were journalled as inserted,
   * updated and deleted, how many were written, then the rows' own.
   */
  public int hidden() {
    return 4 + returned.size();
  }

  /** Tables whose rows it reads as they were, in case others may write them meanwhile. */
  public List<String> readBefore() {
    boolean exact = !text.updates() && change.alsoTouched().isEmpty() && change.alone();
    return exact
        ? List.of()
        : change.touched().stream().map(touched -> touched.table().name()).toList();
  }

  /** The statement. It gives one row where it doesn't {@link #shows}. */
  public SqlFragment statement(BatchPlace place) {
    List<String> parts = new ArrayList<>();
    List<String> own = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (String column : returned) {
      String number = "cairn_c" + (own.size() + 1);
      own.add(text.label() + "." + dialect.quote(column) + " AS " + number);
      named.add(number + " AS " + dialect.quote(column));
    }
    parts.add("cairn_w AS (" + text.returning(String.join(", ", own)) + "\n)");
    parts.add("cairn_r AS (SELECT " + String.join(", ", named) + " FROM cairn_w)");
    if (text.moves(target)) {
      parts.add("cairn_p AS (" + foretold() + ")");
    }
    parts.add("cairn_j AS (" + journalled(place) + " RETURNING cairn_kind)");
    List<Cascade> cascades = cascades();
    if (!cascades.isEmpty() && !text.deletes()) {
      parts.add("cairn_o AS (" + moved() + ")");
    }
    for (Cascade cascade : cascades) {
      parts.add("cairn_j" + parts.size() + " AS (" + taken(place, cascade) + ")");
    }
    String counts =
        counted("inserted")
            + ", "
            + counted("updated")
            + ", "
            + counted("deleted")
            + ", (SELECT count(*) FROM cairn_w)";
    return SqlFragment.of(
        "WITH "
            + String.join(", ", parts)
            + " SELECT "
            + counts
            + (shows() ? ", * FROM cairn_w" : ""));
  }

  /**
   * What became of the rows that foreign keys took along, behind the statement: those still there
   * were changed, and are now what they were made.
   */
  public List<SqlFragment> settle(BatchPlace place) {
    List<SqlFragment> statements = new ArrayList<>();
    for (Table table : taken()) {
      TouchedTable touched = touched(table);
      Set<String> now = new LinkedHashSet<>(touched.key());
      now.addAll(touched.after());
      String values =
          now.stream()
              .map(column -> dialect.quote(UndoTables.written(column)) + " = x." + quoted(column))
              .collect(Collectors.joining(", "));
      statements.add(
          SqlFragment.of(
              "UPDATE %s AS s SET cairn_kind = 'updated', %s FROM %s AS x WHERE s.cairn_run = %d AND s.cairn_batch = %d AND s.cairn_lane = %d AND s.cairn_kind = 'staged' AND %s"
                  .formatted(
                      undo(table),
                      values,
                      quoted(table.name()),
                      place.run(),
                      place.batch(),
                      place.lane(),
                      same(touched.key(), "x", "s"))));
      statements.add(
          SqlFragment.of(
              "UPDATE %s SET cairn_kind = 'deleted' WHERE cairn_run = %d AND cairn_kind = 'staged'"
                  .formatted(undo(table), place.run())));
    }
    return statements;
  }

  private String journalled(BatchPlace place) {
    List<String> into = new ArrayList<>();
    List<String> from = new ArrayList<>();
    boolean mixed = text.updates() && text.inserts();
    String kind = text.deletes() ? "'deleted'" : text.updates() ? "'updated'" : "'inserted'";
    own(place, mixed ? "CASE WHEN " + isThere() + " THEN 'updated' ELSE 'inserted' END" : kind)
        .forEach(
            (column, value) -> {
              into.add(column);
              from.add(value);
            });
    for (String column : text.updates() || text.deletes() ? target.before() : target.key()) {
      into.add(dialect.quote(column));
      boolean isKey = target.key().contains(column);
      from.add((text.updates() && (!isKey || text.moves(target)) ? "o." : "r.") + quoted(column));
    }
    if (!text.deletes()) {
      Set<String> after = new LinkedHashSet<>(target.key());
      after.addAll(target.after());
      for (String column : after) {
        into.add(dialect.quote(UndoTables.written(column)));
        from.add("r." + quoted(column));
      }
    }
    String join = text.updates() ? (text.inserts() ? " LEFT" : "") + asItWas() : "";
    return "INSERT INTO "
        + undo(target.table())
        + " ("
        + String.join(", ", into)
        + ") SELECT "
        + String.join(", ", from)
        + " FROM cairn_r AS r"
        + join;
  }

  /** The row as it was before the statement, beside the row as it is. */
  private String asItWas() {
    if (!text.moves(target)) {
      return " JOIN " + quoted(target.table().name()) + " AS o ON " + same(target.key(), "o", "r");
    }
    List<String> keys = new ArrayList<>();
    for (String column : target.key()) {
      keys.add("o.cairn_to_" + (keys.size() + 1) + " = r." + quoted(column));
    }
    return " JOIN cairn_p AS o ON " + String.join(" AND ", keys);
  }

  /** The rows as they are, and the keys that they will have. */
  private String foretold() {
    ChangedRows rows = (ChangedRows) change.scope();
    List<String> select = new ArrayList<>();
    for (Column column : target.table().columns()) {
      select.add(rows.stored(column.name()) + " AS " + quoted(column.name()));
    }
    int number = 0;
    for (String column : target.key()) {
      String value =
          rows.values().stream()
              .filter(each -> each.column().name().equals(column))
              .map(each -> dialect.asStored(each.column(), target.table(), each.sql()))
              .findFirst()
              .orElse(rows.stored(column));
      select.add(value + " AS cairn_to_" + ++number);
    }
    return rows.matches(String.join(", ", select), "");
  }

  private String isThere() {
    return "o." + quoted(target.key().get(0)) + " IS NOT NULL";
  }

  /** Rows as they were whose values that others refer to became others. */
  private String moved() {
    String other =
        assigned().stream()
            .map(column -> "o." + quoted(column) + " IS DISTINCT FROM r." + quoted(column))
            .collect(Collectors.joining(" OR "));
    return "SELECT o.* FROM cairn_r AS r" + asItWas() + " WHERE " + other;
  }

  private List<Cascade> cascades() {
    if (change.alsoTouched().isEmpty() && change.alone()) {
      return List.of();
    }
    Cascades all = new Cascades(catalog, dialect.flavour());
    String name = target.table().name();
    List<Cascade> found =
        text.deletes()
            ? all.deleted(name, "cairn_r")
            : text.updates() ? all.changed(name, assigned(), "cairn_o") : List.of();
    return found.stream().filter(each -> each.action() != CascadeAction.RESTRICT).toList();
  }

  private Set<String> assigned() {
    Set<String> referred = referred();
    return text.assigned().stream()
        .filter(column -> referred.stream().anyMatch(column::equalsIgnoreCase))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<String> referred() {
    Set<String> columns = new LinkedHashSet<>();
    catalog
        .referencesTo(target.table().name())
        .forEach(
            key ->
                key.parentColumns()
                    .forEach(
                        column ->
                            target.table().column(column).ifPresent(c -> columns.add(c.name()))));
    return columns;
  }

  private Set<Table> taken() {
    return cascades().stream()
        .map(each -> catalog.table(each.table()).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private TouchedTable touched(Table table) {
    return change.touched().stream()
        .filter(each -> each.table().name().equals(table.name()))
        .findFirst()
        .orElseThrow();
  }

  private String taken(BatchPlace place, Cascade cascade) {
    TouchedTable touched = touched(catalog.table(cascade.table()).orElseThrow());
    List<String> into = new ArrayList<>();
    List<String> from = new ArrayList<>();
    own(place, "'staged'")
        .forEach(
            (column, value) -> {
              into.add(column);
              from.add(value);
            });
    for (String column : touched.before()) {
      into.add(quoted(column));
      from.add("x." + quoted(column));
    }
    return "INSERT INTO "
        + undo(touched.table())
        + " ("
        + String.join(", ", into)
        + ") "
        + cascade.with()
        + "SELECT "
        + String.join(", ", from)
        + " FROM "
        + cascade.from();
  }

  private static Map<String, String> own(BatchPlace place, String kind) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("cairn_run", String.valueOf(place.run()));
    own.put("cairn_lane", String.valueOf(place.lane()));
    own.put("cairn_batch", String.valueOf(place.batch()));
    own.put("cairn_kind", kind);
    return own;
  }

  private static String counted(String kind) {
    return "(SELECT count(*) FROM cairn_j WHERE cairn_kind = '" + kind + "')";
  }

  private String same(List<String> key, String left, String right) {
    return key.stream()
        .map(column -> left + "." + quoted(column) + " = " + right + "." + quoted(column))
        .collect(Collectors.joining(" AND "));
  }

  private String quoted(String name) {
    return dialect.quote(name);
  }

  private String undo(Table table) {
    return dialect.quote(UndoTables.name(table));
  }
}
