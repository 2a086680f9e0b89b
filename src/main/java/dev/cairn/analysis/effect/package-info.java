/**
 * What a statement does, and whether it is harmless enough to be run without asking.
 *
 * <p>In come a statement's tree and a catalog. Out go the effects, known by the tree and never by
 * the first word alone; where the tokens tell another story, the more careful one holds. Pure. Only
 * the analyzer calls.
 */
package dev.cairn.analysis.effect;
