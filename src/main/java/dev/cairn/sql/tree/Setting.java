package dev.cairn.sql.tree;

/**
 * {@code PRAGMA}, {@code SET}, {@code SHOW}, {@code ATTACH}, {@code DETACH}.
 *
 * @param reads whether it only reads
 */
public record Setting(boolean reads, Span span) implements Statement {}
