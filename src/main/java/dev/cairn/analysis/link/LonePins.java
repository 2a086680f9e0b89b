package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds constants that pin a later column of a key without the leading one. */
final class LonePins {

  /** A time names no row: everything at that moment, or on that day, is asked for on purpose. */
  private static final Pattern TIME =
      Pattern.compile(
          ".*(time|date|day|week|month|quarter|year|hour|minute|interval|period|stamp|_at|_ts|"
              + "_on|_from|_to|_end|_start|since|until)|at|ts|on");

  List<LonePin> in(Facts facts) {
    List<LonePin> found = new ArrayList<>();
    for (Facts.Pin pin : facts.pins()) {
      pin.side()
          .base()
          .filter(node -> node.relation().kind() == Relation.Kind.TABLE)
          .flatMap(node -> key(node, facts))
          .ifPresent(key -> found.add(pin(pin, key)));
    }
    return found;
  }

  private static LonePin pin(Facts.Pin pin, List<String> key) {
    Node node = pin.side().base().orElseThrow();
    return new LonePin(node.relation(), node.relation().declared(node.column()), key, pin.at());
  }

  /**
   * The key that the column is a later part of and that is left open in front of it. A table that
   * is nothing but its key says which go together: there each column is asked for by itself.
   */
  private static Optional<List<String>> key(Node node, Facts facts) {
    Relation relation = node.relation();
    Table table = relation.table().orElseThrow();
    if (isTime(table, node.column()) || isNamed(relation, table, facts)) {
      return Optional.empty();
    }
    List<List<String>> keys = new ArrayList<>();
    table.keys().stream()
        .map(Key::columns)
        .filter(key -> key.size() < table.columns().size())
        .forEach(keys::add);
    table.foreignKeys().stream().map(ForeignKey::columns).forEach(keys::add);
    return keys.stream()
        .filter(key -> key.size() > 1)
        .filter(key -> key.stream().skip(1).anyMatch(node.column()::equalsIgnoreCase))
        .filter(key -> isOpen(Node.of(relation, key.get(0)), facts))
        .findFirst();
  }

  private static boolean isOpen(Node leading, Facts facts) {
    return !facts.isPinned(leading)
        && !facts.isBounded(leading)
        && !facts.isCompared(leading)
        && !facts.isLinked(leading);
  }

  /** Whether constants or links name a row by some key all the same. */
  private static boolean isNamed(Relation relation, Table table, Facts facts) {
    return table.keys().stream()
        .map(Key::columns)
        .anyMatch(
            key ->
                key.stream()
                    .map(column -> Node.of(relation, column))
                    .allMatch(
                        node ->
                            facts.isPinned(node) || facts.isLinked(node) || facts.isListed(node)));
  }

  private static boolean isTime(Table table, String column) {
    String type = table.column(column).map(Column::type).orElse("").toLowerCase(Locale.ROOT);
    return TIME.matcher(column.toLowerCase(Locale.ROOT)).matches()
        || type.startsWith("date")
        || type.startsWith("time");
  }
}
