package dev.cairn.catalog;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.ColumnDefinition;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Ddl.KeyPart;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A table as its engine makes it from its declaration: keys, the indexes behind them, names. */
final class DeclaredTable {
  private static final List<String> STANDARD_TYPES =
      List.of("ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT");

  private final Flavour flavour;
  private final TableEdit edit;
  private final Map<String, List<String>> comparedBy = new HashMap<>();
  private final Map<String, ForeignKey> referenceNames = new LinkedHashMap<>();

  DeclaredTable(Flavour flavour, TableEdit edit) {
    this.flavour = flavour;
    this.edit = edit;
  }

  private boolean sqlite() {
    return flavour == Flavour.SQLITE;
  }

  /** Adds what a CREATE TABLE lists. */
  void declare(CreateTable table) {
    table.columns().forEach(this::column);
    edit.withoutRowid = table.options().contains("WITHOUT ROWID");
    List<Constraint> constraints = table.constraints();
    Optional<Constraint> primary =
        constraints.stream().filter(each -> each.kind() == ConstraintKind.PRIMARY).findFirst();
    if (primary.isPresent()) {
      boolean alias = isRowNumber(primary.get());
      boolean filled =
          !sqlite() || edit.withoutRowid || (table.options().contains("STRICT") && !alias);
      edit.primaryKey(terms(primary.get()).stream().map(KeyPart::column).toList(), filled);
      edit.primaryConflict = TableText.action(primary.get().onConflict());
    }
    constraints.forEach(this::constraint);
    if (primary.isPresent() && isRowNumber(primary.get()) && edit.withoutRowid) {
      // Not until it reads WITHOUT ROWID does SQLite know that this key needs an index, and by then
      // it has forgotten how its term was to compare.
      String column = edit.declared(primary.get().columns().get(0));
      String quoted = '"' + column.replace("\"", "\"\"") + '"';
      List<KeyPart> term = List.of(new KeyPart(column, quoted, "", false));
      addKeyIndex(primary.get(), term, term);
    }
    if (sqlite()) {
      Collections.reverse(edit.foreignKeys);
    }
  }

  void column(ColumnDefinition column) {
    String type = column.type();
    String upper = type.toUpperCase(Locale.ROOT);
    edit.columns.add(
        new Column(
            column.name().text(),
            sqlite() && STANDARD_TYPES.contains(upper) ? upper : type,
            column.notNull(),
            column.defaultValue().orElse(null),
            0,
            column.generated(),
            sqlite() ? TableText.collationName(column.collation()) : column.collation()));
  }

  /** The references so far by the names that PostgreSQL gives them. */
  Map<String, ForeignKey> referenceNames() {
    return referenceNames;
  }

  /** Adds a key's index or a reference. */
  void constraint(Constraint constraint) {
    if (constraint.kind() == ConstraintKind.FOREIGN) {
      ForeignKey reference = reference(constraint);
      edit.foreignKeys.add(reference);
      referenceNames.put(named(constraint, "_fkey"), reference);
    } else if (!isRowNumber(constraint)) {
      addKeyIndex(constraint);
    }
  }

  private ForeignKey reference(Constraint constraint) {
    return new ForeignKey(
        edit.name,
        constraint.columns().stream().map(edit::declared).toList(),
        SchemaReplay.bare(constraint.parent()),
        constraint.parentColumns(),
        constraint.onDelete(),
        constraint.onUpdate());
  }

  /**
   * INTEGER PRIMARY KEY is the row's own number and has no index; behind a column DESC undoes it.
   */
  private boolean isRowNumber(Constraint constraint) {
    if (!sqlite()
        || constraint.kind() != ConstraintKind.PRIMARY
        || constraint.parts().size() != 1
        || (constraint.atColumn() && constraint.parts().get(0).descending())) {
      return false;
    }
    return edit.columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(constraint.columns().get(0)))
        .anyMatch(column -> column.type().equals("INTEGER"));
  }

  private void addKeyIndex(Constraint constraint) {
    addKeyIndex(constraint, constraint.parts(), terms(constraint));
  }

  /** A key's terms; one that the rows are stored by has each of them once. */
  private List<KeyPart> terms(Constraint constraint) {
    boolean stored = edit.withoutRowid && constraint.kind() == ConstraintKind.PRIMARY;
    Set<String> seen = new HashSet<>();
    return constraint.parts().stream().filter(part -> !stored || seen.add(compared(part))).toList();
  }

  private void addKeyIndex(Constraint constraint, List<KeyPart> written, List<KeyPart> parts) {
    boolean primary = constraint.kind() == ConstraintKind.PRIMARY;
    String action = TableText.action(constraint.onConflict());
    List<String> columns = parts.stream().map(this::comparable).toList();
    List<String> terms = written.stream().map(this::compared).toList();
    Optional<Index> twin =
        edit.indexes.stream()
            .filter(each -> sqlite() && terms.equals(comparedBy.get(each.name())))
            .findFirst();
    String name = twin.map(Index::name).orElseGet(() -> keyName(constraint));
    Index index =
        new Index(
            name,
            true,
            primary || twin.map(Index::primary).orElse(false),
            columns,
            twin.map(Index::parts).orElseGet(() -> parts.stream().map(KeyPart::text).toList()),
            Optional.empty(),
            twin.map(Index::onConflict).filter(each -> !each.isEmpty()).orElse(action));
    comparedBy.put(name, terms);
    if (twin.isPresent()) {
      edit.indexes.set(edit.indexes.indexOf(twin.get()), index);
    } else {
      edit.indexes.add(index);
    }
  }

  /** A term's column with how it compares: what SQLite knows a key by. */
  private String compared(KeyPart part) {
    String collation =
        part.collation().isEmpty()
            ? edit.collation(part.column())
            : TableText.collationName(part.collation());
    return part.column().toLowerCase(Locale.ROOT) + '\0' + collation;
  }

  private String keyName(Constraint constraint) {
    if (sqlite()) {
      return "sqlite_autoindex_" + edit.name + "_" + (edit.indexes.size() + 1);
    }
    return constraint.kind() == ConstraintKind.PRIMARY
        ? constraint.name().map(Name::text).orElse(edit.name + "_pkey")
        : named(constraint, "_key");
  }

  private String named(Constraint constraint, String ending) {
    return constraint
        .name()
        .map(Name::text)
        .orElse(edit.name + "_" + String.join("_", constraint.columns()) + ending);
  }

  /** The terms' columns; a term that compares in another way than its column is none. */
  String comparable(KeyPart part) {
    boolean column =
        edit.columns.stream().anyMatch(each -> each.name().equalsIgnoreCase(part.column()));
    if (!column) {
      return ""; // to SQLite "nosuch" is a text
    }
    String own = edit.collation(part.column());
    String collation = sqlite() ? TableText.collationName(part.collation()) : part.collation();
    boolean same = part.collation().isEmpty() || collation.equals(own);
    return same ? edit.declared(part.column()) : "";
  }

  /** The columns that a table takes over from another one. */
  void like(Table other) {
    List<Column> own = new ArrayList<>(edit.columns);
    edit.columns.clear();
    for (Column column : other.columns()) {
      edit.columns.add(
          new Column(
              column.name(),
              column.type(),
              column.notNull(),
              column.defaultValue(),
              0,
              column.generated(),
              column.collation()));
    }
    edit.columns.addAll(own);
  }
}
