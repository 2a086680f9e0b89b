package dev.cairn.catalog;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Ddl.CreateIndex;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Ddl.CreateTrigger;
import dev.cairn.sql.tree.Ddl.CreateView;
import dev.cairn.sql.tree.Ddl.Drop;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Follows changes of a schema by their text, as the engine would make them, so that every statement
 * of a migration can be read against the schema at its place. It takes each statement for one that
 * succeeds. What it can't follow is left out and remembered. For one thread.
 */
public final class SchemaReplay {
  private final Flavour flavour;
  private final List<String> skipped = new ArrayList<>();
  private ReplayedSchema schema;
  private ReplayedSchema beforeTransaction;

  /**
   * @param start the schema that is there before the first statement
   */
  public SchemaReplay(Catalog start, Flavour flavour) {
    this.flavour = flavour;
    this.schema = new ReplayedSchema(start.tables());
  }

  /** From no table at all. */
  public SchemaReplay(Flavour flavour) {
    this(new Catalog(List.of(), ""), flavour);
  }

  /** The schema behind the statements so far; its fingerprint is empty. */
  public Catalog catalog() {
    return schema.catalog();
  }

  /** What could not be followed, in its order: the statement's first words, and why. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /**
   * Follows one statement. Anything but a change of the schema changes nothing here.
   *
   * @param statement its tree
   * @param text what the tree's places refer to
   */
  public void follow(Statement statement, String text) {
    if (statement instanceof TransactionControl control) {
      follow(control);
    } else if (statement instanceof Opaque opaque) {
      followOpaque(opaque);
    } else if (statement instanceof CreateTable table) {
      create(table, text);
    } else if (statement instanceof CreateView view) {
      create(view, text);
    } else if (statement instanceof CreateIndex index) {
      create(index);
    } else if (statement instanceof CreateTrigger trigger) {
      create(trigger, text);
    } else if (statement instanceof Ddl.AlterTable alter) {
      alter(alter, text);
    } else if (statement instanceof Drop drop) {
      drop(drop);
    } else if (statement instanceof Ddl.Other other && isOfRelation(other.words())) {
      skip(text, "not followed");
    }
  }

  private static boolean isOfRelation(String words) {
    return words.startsWith("ALTER INDEX")
        || words.startsWith("ALTER VIEW")
        || words.startsWith("ALTER MATERIALIZED")
        || words.startsWith("ALTER FOREIGN")
        || words.startsWith("IMPORT");
  }

  private void follow(TransactionControl control) {
    switch (control.kind()) {
      case BEGIN -> beforeTransaction = schema.copy();
      case ROLLBACK -> {
        schema = beforeTransaction == null ? schema : beforeTransaction;
        beforeTransaction = null;
      }
      case COMMIT -> beforeTransaction = null;
      case SAVEPOINT -> {
        // nothing is known of where a ROLLBACK TO leads
      }
    }
  }

  private void followOpaque(Opaque opaque) {
    String text = opaque.text().strip().toUpperCase(Locale.ROOT);
    boolean schemaChange =
        text.startsWith("CREATE") || text.startsWith("ALTER") || text.startsWith("DROP");
    boolean routine = flavour == Flavour.POSTGRESQL && text.matches("(?s)(DO|CALL)\\b.*");
    if (schemaChange || routine) {
      skip(opaque.text(), opaque.reason());
    }
  }

  private void skip(String text, String why) {
    String line = text.strip().replaceAll("\\s+", " ");
    skipped.add((line.length() > 60 ? line.substring(0, 60) + "…" : line) + ": " + why);
  }

  private void create(CreateTable declared, String text) {
    String name = bare(declared.path());
    if (isElsewhere(declared.path())) {
      skip(text, "of another database");
      return;
    }
    if (schema.table(name, declared.temporary()).isPresent()) {
      if (!declared.ifNotExists()) {
        skip(text, "there is a " + name + " already");
      }
      return;
    }
    TableEdit edit = new TableEdit(name, false, declared.span().in(text));
    DeclaredTable maker = new DeclaredTable(flavour, edit);
    declared.as().ifPresent(query -> filledBy(query, declared, edit, text));
    maker.declare(declared);
    for (List<Name> other : declared.like()) {
      schema.find(bare(other)).ifPresent(maker::like);
    }
    schema.put(edit.table(), isTemporary(declared.path(), declared.temporary()));
    maker
        .referenceNames()
        .forEach((constraint, key) -> schema.nameReference(name, constraint, key));
  }

  private void filledBy(Query query, CreateTable declared, TableEdit edit, String text) {
    List<Column> columns = new QueryColumns(schema::find, text).of(query);
    List<Name> names = declared.columns().stream().map(Ddl.ColumnDefinition::name).toList();
    for (Column column : distinct(QueryColumns.renamed(columns, names))) {
      boolean sqlite = flavour == Flavour.SQLITE;
      edit.columns.add(
          new Column(
              column.name(),
              sqlite ? Affinity.typeOf(column.type()) : column.type(),
              false,
              null,
              0,
              false,
              ""));
    }
  }

  /** SQLite tells columns of one name apart by a number. */
  private static List<Column> distinct(List<Column> columns) {
    List<Column> distinct = new ArrayList<>();
    for (Column column : columns) {
      String name = column.name();
      for (int i = 1; has(distinct, name); i++) {
        name = column.name() + ":" + i;
      }
      distinct.add(new Column(name, column.type(), false, null, 0, false, ""));
    }
    return distinct;
  }

  private static boolean has(List<Column> columns, String name) {
    return columns.stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
  }

  private void create(CreateView view, String text) {
    String name = bare(view.path());
    if (isElsewhere(view.path())) {
      skip(text, "of another database");
    } else if (schema.table(name, view.temporary()).isEmpty() || view.orReplace()) {
      schema.putView(
          name, view, view.span().in(text), text, isTemporary(view.path(), view.temporary()));
    } else if (!view.ifNotExists()) {
      skip(text, "there is a " + name + " already");
    }
  }

  private void create(CreateIndex index) {
    String table = bare(index.table());
    Optional<Table> found = schema.find(table);
    String name =
        index
            .name()
            .map(Name::text)
            .orElse(table + "_" + String.join("_", index.columns()) + "_idx");
    if (found.isEmpty()) {
      skipped.add("CREATE INDEX " + name + ": no table " + table + " is known");
      return;
    }
    if (schema.tableOfIndex(name).isPresent()) {
      return;
    }
    TableEdit edit = new TableEdit(found.get());
    DeclaredTable maker = new DeclaredTable(flavour, edit);
    edit.indexes.add(
        new Index(
            name,
            index.unique(),
            false,
            index.parts().stream().map(maker::comparable).toList(),
            index.parts().stream().map(Ddl.KeyPart::text).toList(),
            index.where(),
            ""));
    schema.replace(edit.table());
  }

  private void create(CreateTrigger trigger, String text) {
    String table = bare(trigger.table());
    Optional<Table> found = schema.find(table);
    if (found.isEmpty()) {
      skip(text, "no table " + table + " is known");
      return;
    }
    TableEdit edit = new TableEdit(found.get());
    String name = trigger.name().text();
    boolean there = edit.triggers.stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
    if (there && !trigger.orReplace()) {
      return;
    }
    edit.triggers.removeIf(each -> each.name().equalsIgnoreCase(name));
    edit.triggers.add(
        new Trigger(
            name,
            found.get().name(),
            trigger.timing(),
            trigger.events(),
            trigger.updateOf().stream().map(Name::text).toList(),
            trigger.span().in(text)));
    schema.replace(edit.table());
  }

  private void alter(Ddl.AlterTable alter, String text) {
    String name = bare(alter.path());
    if (isElsewhere(alter.path()) || schema.find(name).isEmpty()) {
      skip(text, "no table " + name + " is known");
      return;
    }
    TableChanges changes = new TableChanges(schema, flavour, name);
    alter.actions().forEach(changes::follow);
  }

  private void drop(Drop drop) {
    for (List<Name> path : drop.paths()) {
      String name = bare(path);
      switch (drop.kind()) {
        case "TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE" -> {
          if (!isElsewhere(path)) {
            schema.remove(name, flavour == Flavour.POSTGRESQL);
          }
        }
        case "INDEX" -> schema.removeIndex(name);
        case "TRIGGER" ->
            schema.removeTrigger(
                name,
                flavour == Flavour.POSTGRESQL && path.size() > 1
                    ? Optional.of(path.get(path.size() - 2).text())
                    : Optional.empty());
        default -> {
          // no table is gone with it
        }
      }
    }
  }

  private boolean isTemporary(List<Name> path, boolean declared) {
    return declared || (flavour == Flavour.SQLITE && path.size() > 1 && path.get(0).is("temp"));
  }

  /** Whether SQLite would look for it in a database that was attached. */
  private boolean isElsewhere(List<Name> path) {
    return flavour == Flavour.SQLITE
        && path.size() > 1
        && !path.get(0).is("main")
        && !path.get(0).is("temp");
  }

  static String bare(List<Name> path) {
    return path.get(path.size() - 1).text();
  }
}
