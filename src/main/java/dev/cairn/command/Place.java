package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.error.SourceSpan;

/**
 * A place in what is being run.
 *
 * @param origin the file's name, empty for typed text
 * @param text the whole text
 * @param offset where in it
 */
record Place(String origin, String text, int offset) {

  /** The line it stands in; 1 for typed text, of which a person sees one statement at a time. */
  int line() {
    return origin.isEmpty() ? 1 : SourceSpan.at(origin, text, offset).line();
  }

  /** The same place, so many chars further on. */
  Place plus(int chars) {
    return new Place(origin, text, offset + chars);
  }

  /** The analysis of the statement that begins here, with the places of its findings. */
  Analysis of(Analysis analysis) {
    return new Analysis(
        analysis.text(),
        analysis.sql(),
        analysis.statement(),
        analysis.effects(),
        analysis.findings().stream().map(this::of).toList(),
        analysis.rewrite(),
        analysis.runsAtOnce());
  }

  private Finding of(Finding finding) {
    return new Finding(
        finding.check(),
        finding.severity(),
        finding.message(),
        finding.span().map(this::of),
        finding.rewrite(),
        finding.probe());
  }

  /**
   * A span of the statement that begins here, as a span of the file. Typed text has no lines that
   * anybody could open, so its spans stay those of the statement.
   */
  private SourceSpan of(SourceSpan span) {
    if (origin.isEmpty()) {
      return span;
    }
    int at = offset;
    for (int line = 1; line < span.line(); line++) {
      at = text.indexOf('\n', at) + 1;
    }
    return SourceSpan.at(origin, text, at + span.column() - 1);
  }
}
