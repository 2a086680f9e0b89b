package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.sql.tree.Query;
import java.util.Optional;

/** What a person is asked where a rewrite changes more than the rows that are touched. */
final class Questions {

  private Questions() {}

  static String grouped(String label, String column) {
    return "`"
        + label
        + "` will then have one row for each `"
        + column
        + "` and what it grouped by before. Is that what you mean?";
  }

  static String single(Gap gap) {
    String column = gap.missing().get(0).key();
    return "The subquery stands for one row, so only rows of that row's `"
        + column
        + "` will be touched; use IN for those of each `"
        + column
        + "`. Is one what you mean?";
  }

  /** What becomes of a subquery's aggregate or LIMIT when it only sees one value of a column. */
  static Optional<String> narrowed(Block block, String column, String text) {
    boolean limited = block.query().flatMap(Query::limit).isPresent();
    if (Groups.aggregates(block)) {
      String what =
          block.written() ? "`" + block.outputs().get(0).span().in(text) + "`" : "the aggregate";
      return Optional.of(
          what + " will then be taken for each `" + column + "` by itself. Is that what you mean?");
    }
    return limited
        ? Optional.of(
            "LIMIT will then count for each `" + column + "` by itself. Is that what you mean?")
        : Optional.empty();
  }
}
