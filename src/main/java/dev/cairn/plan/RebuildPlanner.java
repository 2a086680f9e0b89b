package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.plan.RebuildSpec.NewColumn;
import dev.cairn.plan.RebuildSpec.NewIndex;
import dev.cairn.plan.RebuildTable.Rows;
import dev.cairn.sql.SqlExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the plan of a table that is made anew: derives the new table's text, the query of its rows
 * and what becomes of everything around it. Names that the schema lacks end it with exit 1 and
 * their place; what would be lost becomes an error finding.
 */
final class RebuildPlanner {
  private final PlanFile file;
  private final RebuildSpec wanted;
  private final Catalog catalog;
  private final Dialect dialect;
  private final PlanNames names;
  private final Table old;
  private final RebuildSchema schema;
  private final List<SchemaObject> after = new ArrayList<>();
  private final List<String> given = new ArrayList<>();

  private RebuildPlanner(PlanFile file, Catalog catalog, Dialect dialect) {
    this.file = file;
    this.wanted = file.rebuild().orElseThrow();
    this.catalog = catalog;
    this.dialect = dialect;
    this.names = new PlanNames(catalog, dialect.flavour());
    this.old = names.table(wanted.table());
    this.schema = new RebuildSchema(catalog, old, dialect);
  }

  static Plan plan(PlanFile file, Catalog catalog, Dialect dialect) {
    return new RebuildPlanner(file, catalog, dialect).plan();
  }

  private Plan plan() {
    refuseImpossible();
    checkDropped();
    String create = create();
    around();
    Table made =
        schema
            .made(create, after)
            .orElseThrow(() -> wrong("the new table's text isn't understood:\n" + create));
    refuseOtherColumns(made);
    Map<String, String> forward = forward(made);
    List<String> key = key(made);
    RebuildTable step =
        new RebuildTable(
            old,
            made,
            key,
            List.copyOf(forward.keySet()),
            rows(forward),
            schema.swap(create, after, given),
            forward,
            inverse(made),
            0);
    List<Finding> findings = new RebuildLosses(wanted, catalog, schema, step, dialect).findings();
    return new Plan(
        file.name(),
        file.text(),
        false,
        Optional.empty(),
        catalog.fingerprint(),
        List.of(step),
        findings);
  }

  private void refuseImpossible() {
    if (old.view()) {
      throw wrong(old.name() + " is a view; a plan makes a table anew");
    }
    if (Catalog.isOwn(old.name())) {
      throw wrong(old.name() + " is Cairn's own table");
    }
    if (old.sql().toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL")) {
      throw wrong(old.name() + " is a virtual table; its module keeps its rows");
    }
    if (TouchedTable.whole(old).map(TouchedTable::key).filter(key -> !key.isEmpty()).isEmpty()) {
      throw wrong(old.name() + " has no key without NULLs, so its rows can't be compared")
          .hint("give it an INTEGER PRIMARY KEY or a unique index over NOT NULL columns first");
    }
  }

  private void checkDropped() {
    for (SqlText name : wanted.drop()) {
      String column = names.column(old, name).name();
      if (wanted.columns().keySet().stream().anyMatch(column::equalsIgnoreCase)) {
        throw names.error(column + " is dropped and among the new columns", name);
      }
    }
    for (SqlText name : wanted.dropIndexes()) {
      boolean there =
          old.indexes().stream().anyMatch(index -> index.name().equalsIgnoreCase(name.sql()));
      if (!there) {
        throw names.error(old.name() + " has no index '" + name.sql() + "'", name);
      }
    }
  }

  /** The text as the engine keeps it, so that it can be compared with what the engine has. */
  private String create() {
    List<String> parts = new ArrayList<>();
    wanted
        .columns()
        .forEach((name, column) -> parts.add(name(name) + " " + column.definition().sql().strip()));
    wanted.constraints().forEach(constraint -> parts.add(constraint.sql().strip()));
    return "CREATE TABLE "
        + name(old.name())
        + " (\n  "
        + String.join(",\n  ", parts)
        + "\n)"
        + wanted.options().map(options -> " " + options.sql().strip()).orElse("");
  }

  /** Quoted only where it must be: a person reads it. */
  private String name(String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && SqlExpression.names(name, dialect.flavour()).size() == 1;
    return plain ? name : dialect.quote(name);
  }

  /** A definition that holds a comma could smuggle another column in. */
  private void refuseOtherColumns(Table made) {
    List<String> columns = made.columns().stream().map(Column::name).toList();
    if (!columns.equals(List.copyOf(wanted.columns().keySet()))) {
      throw wrong("the definitions don't make the columns named, but " + columns);
    }
  }

  /**
   * Indexes, triggers and views: the plan's own text where it gives one, else the one they have.
   */
  private void around() {
    for (SchemaObject object : schema.around()) {
      Optional<SqlText> text = text(object.name());
      boolean index = object.type().equals("index");
      boolean goes =
          index
              && (named(wanted.dropIndexes(), object.name())
                  || wanted.indexes().keySet().stream().anyMatch(object.name()::equalsIgnoreCase));
      if (text.isPresent() && !index) {
        given.add(object.name());
        after.add(
            new SchemaObject(
                object.type(), object.name(), object.table(), text.get().sql().strip()));
      } else if (object.isOf(old.name()) && !goes) {
        after.add(object);
      }
    }
    wanted.indexes().forEach((name, index) -> after.add(index(name, index)));
    for (Map.Entry<String, SqlText> each : wanted.texts().entrySet()) {
      if (given.stream().noneMatch(each.getKey()::equalsIgnoreCase)) {
        throw names.error(
            "no view or trigger around " + old.name() + " is called '" + each.getKey() + "'",
            each.getValue());
      }
    }
  }

  private SchemaObject index(String name, NewIndex index) {
    String sql =
        "CREATE "
            + (index.unique() ? "UNIQUE " : "")
            + "INDEX "
            + name(name)
            + " ON "
            + name(old.name())
            + " ("
            + index.on().sql().strip()
            + ")"
            + index.where().map(where -> " WHERE " + where.sql().strip()).orElse("");
    given.add(name);
    return new SchemaObject("index", name, old.name(), sql);
  }

  private Optional<SqlText> text(String name) {
    return wanted.texts().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean named(List<SqlText> list, String name) {
    return list.stream().anyMatch(each -> each.sql().equalsIgnoreCase(name));
  }

  private Map<String, String> forward(Table made) {
    Map<String, String> forward = new LinkedHashMap<>();
    wanted
        .columns()
        .forEach(
            (name, column) -> {
              if (!made.column(name).orElseThrow().generated()) {
                forward.put(name, expression(name, column));
              }
            });
    return forward;
  }

  private String expression(String name, NewColumn column) {
    column.from().ifPresent(from -> names.expression(from, old));
    column.whenNull().ifPresent(rule -> names.expression(rule, old));
    if (column.from().isEmpty() && old.column(name).isEmpty()) {
      throw names
          .error(old.name() + " has no column '" + name + "' to take over", column.definition())
          .hint("say what it is made of: `" + name + ": { definition: ..., from: ... }`");
    }
    String value =
        column
            .from()
            .map(from -> "(" + from.sql() + ")")
            .orElseGet(() -> dialect.quote(old.column(name).orElseThrow().name()));
    return column
        .whenNull()
        .map(rule -> "coalesce(" + value + ", (" + rule.sql() + "))")
        .orElse(value);
  }

  private List<String> key(Table made) {
    List<String> key = TouchedTable.whole(old).orElseThrow().key();
    for (String column : key) {
      boolean kept =
          wanted.columns().entrySet().stream()
              .anyMatch(
                  each ->
                      each.getKey().equalsIgnoreCase(column)
                          && each.getValue().from().isEmpty()
                          && each.getValue().whenNull().isEmpty());
      if (!kept) {
        throw wrong("%s is of the key of %s and must be taken over".formatted(column, old.name()));
      }
    }
    if (!RebuildSchema.hasKey(made, key)) {
      throw wrong(
          "the new %s has no key (%s), by which its rows are compared"
              .formatted(old.name(), String.join(", ", key)));
    }
    return key;
  }

  private Rows rows(Map<String, String> forward) {
    String list =
        forward.entrySet().stream()
            .map(each -> each.getValue() + " AS " + dialect.quote(each.getKey()))
            .collect(Collectors.joining(", "));
    return new Rows(
        SqlFragment.of("SELECT " + list + " FROM"),
        SqlFragment.of("AS " + dialect.quote(old.name())));
  }

  private Map<String, String> inverse(Table made) {
    PlanNames ofMade = new PlanNames(new Catalog(List.of(made), ""), dialect.flavour());
    Map<String, String> inverse = new LinkedHashMap<>();
    for (Column column : old.columns()) {
      NewColumn same =
          wanted.columns().entrySet().stream()
              .filter(each -> each.getKey().equalsIgnoreCase(column.name()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(null);
      if (same != null && same.from().isEmpty()) {
        inverse.put(column.name(), dialect.quote(column.name()));
      }
    }
    wanted
        .rollback()
        .forEach(
            (name, text) -> {
              String column = names.column(old, new SqlText(name, text.span())).name();
              ofMade.expression(text, made);
              inverse.put(column, "(" + text.sql() + ")");
            });
    return inverse;
  }

  private CairnException wrong(String message) {
    return names.error(message, wanted.table());
  }
}
