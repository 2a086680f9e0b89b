package dev.cairn.error;

/**
 * Where something stands in a text: file (or "" when typed), 1-based line and column, and the line
 * itself.
 */
public record SourceSpan(String file, int line, int column, String lineText) {}
