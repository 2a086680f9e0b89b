package dev.cairn.catalog;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.Action;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Name;
import java.util.List;
import java.util.Optional;

/** What the actions of one ALTER TABLE do to the schema. */
final class TableChanges {
  private final ReplayedSchema schema;
  private final Flavour flavour;
  private String name;

  TableChanges(ReplayedSchema schema, Flavour flavour, String name) {
    this.schema = schema;
    this.flavour = flavour;
    this.name = name;
  }

  void follow(Action action) {
    TableEdit edit = new TableEdit(schema.find(name).orElseThrow());
    if (action instanceof Action.RenameTable rename) {
      renameTable(edit, rename.to().text());
    } else if (action instanceof Action.RenameColumn rename) {
      new ColumnRename(schema, flavour, edit.declared(rename.from().text()), rename.to().text())
          .in(edit.name);
    } else if (action instanceof Action.AddColumn add) {
      addColumn(edit, add);
    } else if (action instanceof Action.AddConstraint add) {
      addConstraint(edit, add.constraint(), 0);
      schema.replace(edit.table());
    } else if (action instanceof Action.DropColumn drop) {
      dropColumn(edit, drop.column().text());
    } else if (action instanceof Action.DropConstraint drop) {
      dropConstraint(edit, drop.constraint().text());
    } else if (action instanceof Action.AlterColumn alter) {
      alterColumn(edit, alter);
    }
  }

  private void addColumn(TableEdit edit, Action.AddColumn add) {
    String column = add.column().name().text();
    if (edit.columns.stream().anyMatch(each -> each.name().equalsIgnoreCase(column))) {
      return;
    }
    new DeclaredTable(flavour, edit).column(add.column());
    for (Constraint constraint : add.constraints()) {
      addConstraint(edit, constraint, 0);
    }
    schema.replace(edit.table());
  }

  private void addConstraint(TableEdit edit, Constraint constraint, int at) {
    DeclaredTable maker = new DeclaredTable(flavour, edit);
    if (constraint.kind() == ConstraintKind.FOREIGN) {
      maker.constraint(constraint);
      // The newest stands first in SQLite's list.
      ForeignKey added = edit.foreignKeys.remove(edit.foreignKeys.size() - 1);
      edit.foreignKeys.add(flavour == Flavour.SQLITE ? at : edit.foreignKeys.size(), added);
      maker.referenceNames().forEach((key, fk) -> schema.nameReference(edit.name, key, fk));
      return;
    }
    boolean primary = constraint.kind() == ConstraintKind.PRIMARY;
    List<String> columns = constraint.columns();
    if (columns.isEmpty()) {
      columns = overIndex(edit, constraint, primary);
    } else {
      maker.constraint(constraint);
    }
    if (primary) {
      edit.primaryKey(columns, true);
    }
  }

  /** A key that takes over an index that is there: its columns. */
  private static List<String> overIndex(TableEdit edit, Constraint constraint, boolean primary) {
    String wanted = constraint.name().map(Name::text).orElse("");
    Optional<Index> found =
        edit.indexes.stream().filter(each -> each.name().equalsIgnoreCase(wanted)).findFirst();
    found.ifPresent(
        index ->
            edit.indexes.set(
                edit.indexes.indexOf(index),
                new Index(
                    index.name(),
                    true,
                    primary,
                    index.columns(),
                    index.parts(),
                    index.where(),
                    index.onConflict())));
    return found.map(Index::columns).orElse(List.of());
  }

  private void dropColumn(TableEdit edit, String column) {
    edit.columns.removeIf(each -> each.name().equalsIgnoreCase(column));
    edit.indexes.removeIf(index -> has(index.columns(), column));
    edit.foreignKeys.removeIf(key -> has(key.columns(), column));
    schema.replace(edit.table());
    if (flavour == Flavour.POSTGRESQL) {
      String table = edit.name;
      schema.changeAll(
          each -> {
            TableEdit other = new TableEdit(each);
            other.foreignKeys.removeIf(
                key -> key.parent().equalsIgnoreCase(table) && has(key.parentColumns(), column));
            return other.table();
          });
    }
  }

  private static boolean has(List<String> columns, String column) {
    return columns.stream().anyMatch(each -> each.equalsIgnoreCase(column));
  }

  private void dropConstraint(TableEdit edit, String constraint) {
    schema
        .takeReference(edit.name, constraint)
        .ifPresent(key -> edit.foreignKeys.removeIf(each -> each.columns().equals(key.columns())));
    boolean primary =
        edit.indexes.stream()
            .anyMatch(each -> each.primary() && each.name().equalsIgnoreCase(constraint));
    if (primary) {
      edit.primaryKey(List.of(), false);
    }
    edit.indexes.removeIf(each -> each.name().equalsIgnoreCase(constraint));
    schema.replace(edit.table());
  }

  private void alterColumn(TableEdit edit, Action.AlterColumn alter) {
    edit.columns.replaceAll(
        column ->
            alter.column().is(column.name())
                ? new Column(
                    column.name(),
                    alter.type().orElse(column.type()),
                    alter.notNull().orElse(column.notNull()),
                    alter
                        .defaultValue()
                        .map(text -> text.isEmpty() ? null : text)
                        .orElse(column.defaultValue()),
                    column.keyPosition(),
                    column.generated(),
                    column.collation())
                : column);
    schema.replace(edit.table());
  }

  /** SQLite follows a rename into references, triggers and views; PostgreSQL never goes by name. */
  private void renameTable(TableEdit edit, String to) {
    String from = edit.name;
    edit.name = to;
    edit.indexes.replaceAll(index -> renamed(index, from, to));
    schema.rename(from, edit.table());
    schema.viewsFollow(from, to);
    TableName names = new TableName(from, to, flavour);
    schema.changeAll(
        table -> {
          TableEdit each = new TableEdit(table);
          each.sql = each.view ? names.in(each.sql) : each.sql;
          each.foreignKeys.replaceAll(
              key ->
                  new ForeignKey(
                      names.of(key.table()),
                      key.columns(),
                      names.of(key.parent()),
                      key.parentColumns(),
                      key.onDelete(),
                      key.onUpdate()));
          each.triggers.replaceAll(
              trigger ->
                  new Trigger(
                      trigger.name(),
                      names.of(trigger.table()),
                      trigger.timing(),
                      trigger.events(),
                      trigger.columns(),
                      names.in(trigger.sql())));
          return each.table();
        });
    name = to;
  }

  private static Index renamed(Index index, String from, String to) {
    String prefix = "sqlite_autoindex_" + from + "_";
    if (!index.name().startsWith(prefix)) {
      return index;
    }
    return new Index(
        "sqlite_autoindex_" + to + "_" + index.name().substring(prefix.length()),
        index.unique(),
        index.primary(),
        index.columns(),
        index.parts(),
        index.where(),
        index.onConflict());
  }
}
