package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.List;
import java.util.Optional;

/** Adds a condition to a block's WHERE, or a WHERE where there is none. */
final class Conjunctions {
  private final Places places;

  Conjunctions(Places places) {
    this.places = places;
  }

  List<Edit> add(Block block, String condition) {
    Optional<Expr> where = where(block);
    if (where.isPresent()) {
      Span span = places.balanced(where.get().span());
      return where.get() instanceof Expr.Or
          ? List.of(Edit.before(span.start(), "("), Edit.before(span.end(), ") AND " + condition))
          : List.of(Edit.before(span.end(), " AND " + condition));
    }
    return List.of(Edit.before(behindFrom(block), " WHERE " + condition));
  }

  private static Optional<Expr> where(Block block) {
    if (block.select().isPresent()) {
      return block.select().get().where();
    }
    Statement statement = block.statement().orElse(null);
    if (statement instanceof Update update) {
      return update.where();
    }
    return statement instanceof Delete delete ? delete.where() : Optional.empty();
  }

  private int behindFrom(Block block) {
    Span span;
    Statement statement = block.statement().orElse(null);
    if (statement instanceof Update update) {
      span =
          update
              .from()
              .map(From::span)
              .orElse(update.assignments().get(update.assignments().size() - 1).span());
    } else if (statement instanceof Delete delete) {
      span = delete.using().map(From::span).orElse(delete.target().span());
    } else {
      Query.Select select = block.select().orElseThrow();
      span =
          select
              .from()
              .map(From::span)
              .orElse(select.items().get(select.items().size() - 1).span());
    }
    return places.balanced(span).end();
  }
}
