package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Span;
import java.util.Optional;

/**
 * A column that a query yields.
 *
 * @param name its alias, else the column's own name, else empty
 * @param expr what yields it; empty where a star stands for it
 * @param relation the relation of a star's column
 * @param column the star's column of it
 * @param aliased whether AS gave the name
 * @param span where the item stands, a star's place for all of its columns
 */
public record Output(
    String name,
    Optional<Expr> expr,
    Optional<Relation> relation,
    String column,
    boolean aliased,
    Span span) {}
