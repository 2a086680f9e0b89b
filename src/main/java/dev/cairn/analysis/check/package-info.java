/**
 * The checks of a statement, one class each.
 *
 * <p>In come a statement's tree, its resolved names and the catalog. Out go findings; where data
 * decides, with the query that decides it. Pure: no connection is ever asked. Called by {@code
 * analysis}, and for what several statements do together by {@code command} and lint.
 */
package dev.cairn.analysis.check;
