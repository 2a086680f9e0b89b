/**
 * Which table every name in a statement means.
 *
 * <p>In come a statement's tree and a catalog. Out goes a {@link
 * dev.cairn.analysis.scope.Resolution}: each use of a table with an identity of its own, the blocks
 * they stand in, and for every column the use that it belongs to, through views, common tables and
 * derived tables. Pure. Every check of {@code analysis} may call.
 */
package dev.cairn.analysis.scope;
