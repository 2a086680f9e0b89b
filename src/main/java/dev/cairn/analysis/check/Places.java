package dev.cairn.analysis.check;

import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;

/** Where findings about a whole statement point. */
final class Places {

  private Places() {}

  /** The place of the table that is written, else of the statement. */
  static Span target(Statement part) {
    if (part instanceof Delete delete) {
      return delete.target().span();
    }
    if (part instanceof Update update) {
      return update.target().span();
    }
    if (part instanceof Insert insert) {
      return insert.target().span();
    }
    return part instanceof Merge merge ? merge.target().span() : part.span();
  }
}
