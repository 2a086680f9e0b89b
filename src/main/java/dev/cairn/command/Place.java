package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.error.SourceLines;
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

  /**
   * Where something stands, so many chars behind this place. In typed text that is counted in the
   * command's own words, as the places of its findings are.
   *
   * @param rest the text that begins at this place
   */
  SourceSpan span(String rest, int chars) {
    return origin.isEmpty()
        ? SourceSpan.at("", rest, chars)
        : SourceSpan.at(origin, text, offset + chars);
  }

  /** The same place, so many chars further on. */
  Place plus(int chars) {
    return new Place(origin, text, offset + chars);
  }

  /**
   * The analysis of the statement that begins here, with the places of its findings in the file.
   * Typed text has no lines that anybody could open, so its places stay those of the statement.
   */
  Analysis of(Analysis analysis) {
    boolean asIs = origin.isEmpty() || analysis.findings().isEmpty();
    return asIs ? analysis : analysis.placed(new SourceLines(origin, text), offset);
  }
}
