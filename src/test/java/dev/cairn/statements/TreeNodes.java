package dev.cairn.statements;

import dev.cairn.sql.tree.Statement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All the records of a tree, found without knowing which records there are. */
final class TreeNodes {

  private TreeNodes() {}

  /** Returns the tree's records of that type, outermost first. */
  static <T> List<T> of(Class<T> type, Statement tree) {
    List<Object> all = new ArrayList<>();
    collect((Record) tree, all);
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns the records right below that one, and below what isn't a record in between. */
  static List<Record> below(Record node) {
    List<Record> records = new ArrayList<>();
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      addRecords(value(node, component), records);
    }
    return records;
  }

  private static void collect(Record node, List<Object> all) {
    all.add(node);
    below(node).forEach(child -> collect(child, all));
  }

  private static void addRecords(Object value, List<Record> records) {
    if (value instanceof Record node) {
      records.add(node);
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> addRecords(item, records));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(item -> addRecords(item, records));
    }
  }

  static Object value(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
