package dev.cairn.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.plan.RebuildSpec.NewColumn;
import dev.cairn.plan.RebuildSpec.NewIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the part {@code rebuild} of a plan file, whose form has been checked. */
final class RebuildReader {
  private static final String AT = "/rebuild";

  private final YamlTree tree;

  RebuildReader(YamlTree tree) {
    this.tree = tree;
  }

  RebuildSpec read() {
    Map<String, NewColumn> columns = new LinkedHashMap<>();
    for (String name : names(AT + "/columns")) {
      columns.put(name, column(AT + "/columns/" + escaped(name)));
    }
    Map<String, NewIndex> indexes = new LinkedHashMap<>();
    for (String name : names(AT + "/indexes")) {
      indexes.put(name, index(AT + "/indexes/" + escaped(name)));
    }
    return new RebuildSpec(
        tree.scalar(AT + "/table"),
        columns,
        list(AT + "/constraints"),
        optional(AT + "/options"),
        list(AT + "/drop"),
        list(AT + "/drop_indexes"),
        indexes,
        texts(AT + "/texts"),
        texts(AT + "/rollback"));
  }

  private NewColumn column(String pointer) {
    if (!tree.root().at(pointer).isObject()) {
      return new NewColumn(tree.scalar(pointer), Optional.empty(), Optional.empty());
    }
    return new NewColumn(
        tree.scalar(pointer + "/definition"),
        optional(pointer + "/from"),
        optional(pointer + "/when_null"));
  }

  private NewIndex index(String pointer) {
    JsonNode node = tree.root().at(pointer);
    if (!node.isObject()) {
      return new NewIndex(tree.scalar(pointer), false, Optional.empty());
    }
    return new NewIndex(
        tree.scalar(pointer + "/on"),
        node.path("unique").asBoolean(),
        optional(pointer + "/where"));
  }

  private Map<String, SqlText> texts(String pointer) {
    Map<String, SqlText> texts = new LinkedHashMap<>();
    names(pointer).forEach(name -> texts.put(name, tree.scalar(pointer + "/" + escaped(name))));
    return texts;
  }

  private List<SqlText> list(String pointer) {
    List<SqlText> list = new ArrayList<>();
    for (int i = 0; i < tree.root().at(pointer).size(); i++) {
      list.add(tree.scalar(pointer + "/" + i));
    }
    return list;
  }

  private Optional<SqlText> optional(String pointer) {
    return tree.root().at(pointer).isMissingNode()
        ? Optional.empty()
        : Optional.of(tree.scalar(pointer));
  }

  private List<String> names(String pointer) {
    List<String> names = new ArrayList<>();
    tree.root().at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
