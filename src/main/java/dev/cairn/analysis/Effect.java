package dev.cairn.analysis;

import dev.cairn.sql.tree.Statement;
import java.util.Optional;

/**
 * One thing that a statement does; one statement can have several ({@code WITH d AS (DELETE …)
 * UPDATE …}).
 *
 * @param kind what it does
 * @param table the table it does it to, named as the catalog names it where it knows it
 * @param part the part of the statement that does it
 */
public record Effect(EffectKind kind, Optional<String> table, Statement part) {}
