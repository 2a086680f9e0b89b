package dev.cairn.statements;

import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A tree as a text to be read by people: without places, and without what is empty or false. */
final class TreeText {

  private TreeText() {}

  static String of(Record node) {
    if (node instanceof Name name) {
      return name.quoted() ? '"' + name.text() + '"' : name.text();
    }
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      Object value = TreeNodes.value(node, component);
      if (!isNothing(value)) {
        parts.add(label(component) + text(value));
      }
    }
    return node.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
  }

  private static boolean isNothing(Object value) {
    return value instanceof Span
        || value.equals(false)
        || value.equals("")
        || value.equals(List.of())
        || value.equals(Optional.empty());
  }

  private static String label(RecordComponent component) {
    return component.getName() + "=";
  }

  private static String text(Object value) {
    if (value instanceof Record node) {
      return of(node);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(TreeText::text).orElse("");
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(TreeText::text).toList().toString();
    }
    return value.toString();
  }
}
