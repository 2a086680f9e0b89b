package dev.cairn.sql.tree;

/**
 * {@code EXPLAIN …}.
 *
 * @param executes whether the statement runs all the same (EXPLAIN ANALYZE)
 */
public record Explain(boolean executes, Statement statement, Span span) implements Statement {}
