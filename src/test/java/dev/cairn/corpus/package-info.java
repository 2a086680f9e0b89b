/**
 * Statements that a judge has labelled wrong or right, and random ones that label themselves.
 *
 * <p>What they touch is measured by SQLite itself. Nothing here but the tests' last assertions
 * knows the analysis: a judge who asked the accused would be none.
 */
package dev.cairn.corpus;
