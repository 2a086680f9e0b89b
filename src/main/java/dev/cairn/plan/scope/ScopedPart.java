package dev.cairn.plan.scope;

import dev.cairn.sql.tree.Statement;

/**
 * A part of a statement that writes, and the rows it touches.
 *
 * @param kind UPDATE, DELETE, INSERT, UPSERT, REPLACE, MERGE, TRUNCATE, DROP or OPAQUE
 * @param part the part itself
 * @param scope its rows
 */
public record ScopedPart(String kind, Statement part, StatementScope scope) {}
