/**
 * The parser that the build generates from Calcite's template, what it is fed with, and what its
 * nodes become.
 *
 * <p>Tokens of our own lexer go in, in the words that Calcite's grammar knows ({@code Phrasing});
 * Calcite's nodes come out and are turned at once into {@code dev.cairn.sql.tree}. No type of
 * Calcite's leaves the package. Called by {@code dev.cairn.sql.SqlParser} alone.
 */
package dev.cairn.sql.calcite;
