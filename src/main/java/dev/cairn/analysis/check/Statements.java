package dev.cairn.analysis.check;

import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.Optional;

/** What statements of every kind have. */
final class Statements {

  private Statements() {}

  /** The WITH clause in front of a statement. */
  static Optional<With> with(Statement statement) {
    if (statement instanceof Query query) {
      return query.with();
    }
    if (statement instanceof Update update) {
      return update.with();
    }
    if (statement instanceof Delete delete) {
      return delete.with();
    }
    if (statement instanceof Insert insert) {
      return insert.with();
    }
    if (statement instanceof Merge merge) {
      return merge.with();
    }
    return statement instanceof Explain explain ? with(explain.statement()) : Optional.empty();
  }
}
