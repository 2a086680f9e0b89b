/**
 * What several statements do together that make a table anew: create, copy, drop, rename.
 *
 * <p>In come the analyses of a script's statements in their order and the catalog before the first
 * one. Out go the rebuilds found, each with what it may lose; none where it is proven to keep every
 * row, index, trigger and reference. Pure. Called by lint and by {@code command} for scripts.
 */
package dev.cairn.analysis.rebuild;
