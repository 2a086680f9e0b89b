package dev.cairn.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What foreign keys leave unsaid. */
public final class References {
  private References() {}

  /** The same tables; a foreign key that names no columns refers to the parent's primary key. */
  public static List<Table> resolved(List<Table> tables) {
    Map<String, Table> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    tables.forEach(table -> byName.put(table.name(), table));
    List<Table> resolved = new ArrayList<>();
    for (Table table : tables) {
      TableEdit edit = new TableEdit(table);
      edit.foreignKeys.replaceAll(key -> resolved(key, byName.get(key.parent())));
      resolved.add(edit.table());
    }
    return resolved;
  }

  private static ForeignKey resolved(ForeignKey key, Table parent) {
    if (parent == null || !key.parentColumns().isEmpty()) {
      return key;
    }
    return new ForeignKey(
        key.table(),
        key.columns(),
        key.parent(),
        parent.primaryKey(),
        key.onDelete(),
        key.onUpdate());
  }
}
