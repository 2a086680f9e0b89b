package dev.cairn.analysis.lint;

import dev.cairn.error.SourceSpan;

/** Something about a file that is no finding but bears on what was found: a note. */
public record Remark(SourceSpan place, String message) {}
