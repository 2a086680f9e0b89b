package dev.cairn.catalog;

import dev.cairn.sql.tree.Ddl.CreateView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tables and views that a replay knows of; a temporary one hides its namesake. */
final class ReplayedSchema {

  /** A view's query, whose columns follow the tables beneath it. */
  private record View(CreateView declared, String text, Map<String, String> renamed) {}

  private final Map<String, Table> lasting = new LinkedHashMap<>();
  private final Map<String, Table> temporary = new LinkedHashMap<>();
  private final Map<String, View> views = new LinkedHashMap<>();

  /** PostgreSQL's names of foreign keys, which no record carries. */
  private final Map<String, ForeignKey> namedReferences = new LinkedHashMap<>();

  private Catalog catalog;

  ReplayedSchema(List<Table> tables) {
    tables.forEach(table -> lasting.put(fold(table.name()), table));
  }

  ReplayedSchema copy() {
    ReplayedSchema copy = new ReplayedSchema(List.of());
    copy.lasting.putAll(lasting);
    copy.temporary.putAll(temporary);
    copy.views.putAll(views);
    copy.namedReferences.putAll(namedReferences);
    return copy;
  }

  Catalog catalog() {
    if (catalog == null) {
      views.forEach(this::refresh);
      Map<String, Table> visible = new LinkedHashMap<>(lasting);
      visible.putAll(temporary);
      catalog = new Catalog(References.resolved(List.copyOf(visible.values())), "");
    }
    return catalog;
  }

  private void refresh(String name, View view) {
    Map<String, Table> home = temporary.containsKey(name) ? temporary : lasting;
    Table table = home.get(name);
    if (table == null || !table.view()) {
      return;
    }
    TableEdit edit = new TableEdit(table);
    edit.columns.clear();
    edit.columns.addAll(
        QueryColumns.renamed(
            new QueryColumns(
                    each -> find(view.renamed().getOrDefault(fold(each), each)), view.text())
                .of(view.declared().query()),
            view.declared().columns()));
    home.put(name, edit.table());
  }

  Optional<Table> find(String name) {
    Table hiding = temporary.get(fold(name));
    return Optional.ofNullable(hiding != null ? hiding : lasting.get(fold(name)));
  }

  /** The table of that name among the temporary or among the lasting ones. */
  Optional<Table> table(String name, boolean isTemporary) {
    return Optional.ofNullable((isTemporary ? temporary : lasting).get(fold(name)));
  }

  void put(Table table, boolean isTemporary) {
    (isTemporary ? temporary : lasting).put(fold(table.name()), table);
    catalog = null;
  }

  void putView(String name, CreateView declared, String sql, String text, boolean isTemporary) {
    put(new TableEdit(name, true, sql).table(), isTemporary);
    views.remove(fold(name));
    views.put(fold(name), new View(declared, text, Map.of()));
  }

  /** A table has another name now, and the views that were made before speak of it by that. */
  void viewsFollow(String from, String to) {
    views.replaceAll(
        (name, view) -> {
          Map<String, String> renamed = new LinkedHashMap<>(view.renamed());
          renamed.replaceAll((old, now) -> fold(now).equals(fold(from)) ? to : now);
          renamed.putIfAbsent(fold(from), to);
          return new View(view.declared(), view.text(), renamed);
        });
  }

  /** Puts a changed table where the one of its name stands. */
  void replace(Table table) {
    put(table, temporary.containsKey(fold(table.name())));
  }

  /** The same for one that has another name now. */
  void rename(String from, Table table) {
    boolean isTemporary = temporary.containsKey(fold(from));
    (isTemporary ? temporary : lasting).remove(fold(from));
    put(table, isTemporary);
  }

  /** Applies a change to every table. */
  void changeAll(UnaryOperator<Table> change) {
    lasting.replaceAll((name, table) -> change.apply(table));
    temporary.replaceAll((name, table) -> change.apply(table));
    catalog = null;
  }

  /**
   * Takes a table or view away.
   *
   * @param withReferences whether other tables' references to it go too (PostgreSQL's CASCADE)
   */
  void remove(String name, boolean withReferences) {
    Map<String, Table> home = temporary.containsKey(fold(name)) ? temporary : lasting;
    if (home.remove(fold(name)) == null) {
      return;
    }
    views.remove(fold(name));
    catalog = null;
    if (withReferences) {
      changeAll(
          table -> {
            TableEdit edit = new TableEdit(table);
            edit.foreignKeys.removeIf(key -> key.parent().equalsIgnoreCase(name));
            return edit.table();
          });
    }
  }

  Optional<Table> tableOfIndex(String index) {
    List<Table> all = new ArrayList<>(temporary.values());
    all.addAll(lasting.values());
    return all.stream()
        .filter(
            table -> table.indexes().stream().anyMatch(each -> each.name().equalsIgnoreCase(index)))
        .findFirst();
  }

  void removeIndex(String index) {
    tableOfIndex(index)
        .ifPresent(
            table -> {
              TableEdit edit = new TableEdit(table);
              edit.indexes.removeIf(each -> each.name().equalsIgnoreCase(index));
              replace(edit.table());
            });
  }

  /**
   * @param table where triggers are named by table; empty where their names are the schema's
   */
  void removeTrigger(String trigger, Optional<String> table) {
    changeAll(
        each -> {
          TableEdit edit = new TableEdit(each);
          if (table.isEmpty() || table.get().equalsIgnoreCase(each.name())) {
            edit.triggers.removeIf(own -> own.name().equalsIgnoreCase(trigger));
          }
          return edit.table();
        });
  }

  void nameReference(String table, String constraint, ForeignKey key) {
    namedReferences.put(fold(table) + '\0' + fold(constraint), key);
  }

  Optional<ForeignKey> takeReference(String table, String constraint) {
    return Optional.ofNullable(namedReferences.remove(fold(table) + '\0' + fold(constraint)));
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
