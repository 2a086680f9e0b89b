package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A link between two tables that lacks a part of the key it goes through.
 *
 * @param kind what makes it a key
 * @param one the referring side, or the one that merely bears the key's names
 * @param other the side whose key it is; for siblings either
 * @param keyTable the table whose key it is
 * @param key the key's columns in their order
 * @param linked the parts that are equated
 * @param missing the parts that aren't
 * @param edge the comparison that makes the link
 * @param apart whether both sides of a missing part are pinned, to different constants
 * @param several whether another key of the same two tables fits as well
 */
record Gap(
    Kind kind,
    Relation one,
    Relation other,
    String keyTable,
    List<String> key,
    List<Part> linked,
    List<Part> missing,
    Edge edge,
    boolean apart,
    boolean several) {

  /** What makes the columns a key. */
  enum Kind {
    FOREIGN_KEY,
    /** Two tables that refer to the same key of a third. */
    SIBLINGS,
    /** A key of one table whose columns' names the other has too. */
    NAMES
  }

  /**
   * One column of the key on both sides.
   *
   * @param key the column's name in the key
   */
  record Part(String key, Node one, Node other) {}

  /** The same, with another key that fits as well. */
  Gap oneOfSeveral() {
    return new Gap(kind, one, other, keyTable, key, linked, missing, edge, apart, true);
  }

  /** Whether all that is missing comes behind what is linked, in the key's order. */
  boolean lacksTheEnd() {
    int last = linked.stream().mapToInt(part -> key.indexOf(part.key())).max().orElse(-1);
    return missing.stream().allMatch(part -> key.indexOf(part.key()) > last);
  }

  /** Says what is wrong: {@code `point_id` is half of `point_info`'s key (system_id, id)}. */
  String rule() {
    String columns =
        linked.stream()
            .map(part -> part.one().column())
            .distinct()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    boolean half = linked.size() * 2 == key.size();
    String verb = linked.size() > 1 ? " are " : " is ";
    return columns
        + verb
        + (half ? "half" : "only part")
        + " of `"
        + keyTable
        + "`'s key ("
        + String.join(", ", key)
        + ")";
  }

  /** The whole message. */
  String message() {
    String left =
        missing.stream().map(part -> name(one, part.one())).collect(Collectors.joining(", "));
    String right =
        missing.stream().map(part -> name(other, part.other())).collect(Collectors.joining(", "));
    String sides =
        one.title().equalsIgnoreCase(other.title())
            ? "two rows of `" + one.title() + "`"
            : "`" + one.title() + "` and `" + other.title() + "`";
    String what =
        apart
            ? left + " and " + right + " are held to different values"
            : "nothing links " + left + " to " + right;
    return rule()
        + ": "
        + sides
        + (linked.size() > 1 ? " are linked by them alone, " : " are linked by it alone, ")
        + what;
  }

  private static String name(Relation relation, Node node) {
    return relation.label() + "." + relation.declared(node.column());
  }
}
