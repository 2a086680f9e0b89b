/**
 * A statement as a tree: what it reads, what it writes, and where each part stands in its text.
 *
 * <p>The parser makes it, everything that reasons about statements reads it. Pure data; no part of
 * the parser's own types shows. Every node knows its place, so a rewrite can edit the person's own
 * text. Everyone below may call.
 */
package dev.cairn.sql.tree;
