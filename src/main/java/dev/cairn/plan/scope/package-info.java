/**
 * Which rows a typed statement would touch, asked as queries.
 *
 * <p>In come a statement's tree, its text and the catalog. Out go queries made of the person's own
 * words: the counts, what each column loses, a sample. Pure text; {@code preview} asks them, a
 * change plan stages its rows with them.
 */
package dev.cairn.plan.scope;
