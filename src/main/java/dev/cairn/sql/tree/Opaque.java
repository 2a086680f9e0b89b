package dev.cairn.sql.tree;

/**
 * A statement that isn't understood.
 *
 * @param text as it was written
 * @param reason why it wasn't, in a few words
 * @param offset how far it was understood
 */
public record Opaque(String text, String reason, int offset, Span span) implements Statement {}
