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
  private final YamlTree tree;
  private final String at;

  /**
   * @param at where in the tree it stands
   */
  RebuildReader(YamlTree tree, String at) {
    this.tree = tree;
    this.at = at;
  }

  RebuildSpec read() {
    Map<String, NewColumn> columns = new LinkedHashMap<>();
    for (String name : names(at + "/columns")) {
      columns.put(name, column(at + "/columns/" + escaped(name)));
    }
    Map<String, NewIndex> indexes = new LinkedHashMap<>();
    for (String name : names(at + "/indexes")) {
      indexes.put(name, index(at + "/indexes/" + escaped(name)));
    }
    return new RebuildSpec(
        tree.scalar(at + "/table"),
        columns,
        list(at + "/constraints"),
        optional(at + "/options"),
        list(at + "/drop"),
        list(at + "/drop_indexes"),
        indexes,
        texts(at + "/texts"),
        texts(at + "/rollback"));
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
