/**
 * What foreign keys do to other tables when rows of one are deleted or their keys are changed,
 * followed to the end.
 *
 * <p>In come the part of a statement that deletes or changes rows, and the catalog. Out go the
 * tables that are reached, each with the query of its rows, derived from the statement's own text.
 * Pure: nothing is counted here. Called by the checks, by {@code preview} and by whatever keeps
 * pre-images.
 */
package dev.cairn.analysis.cascade;
