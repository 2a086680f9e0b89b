package dev.cairn.plan;

import dev.cairn.error.SourceSpan;

/** SQL that a person wrote in a plan file, with its place there. */
public record SqlText(String sql, SourceSpan span) {}
