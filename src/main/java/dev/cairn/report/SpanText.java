package dev.cairn.report;

import dev.cairn.error.SourceSpan;

/**
 * A place in a text: its name, the line, and a caret below the column, which counts Java chars from
 * 1.
 */
final class SpanText {

  private static final String TAB = "    ";

  /**
   * A line may be ten megabytes long: this much of it is shown before the caret, and as much after
   * it.
   */
  private static final int CHARS_ASIDE = 80;

  private final SourceSpan span;
  private final String line;
  private final int caret;
  private final int start;
  private final int end;

  SpanText(SourceSpan span) {
    this.span = span;
    line = span.lineText().stripTrailing();
    caret = wholeCharacter(Math.max(0, Math.min(span.column() - 1, line.length())));
    start = wholeCharacter(caret > CHARS_ASIDE ? caret - CHARS_ASIDE : 0);
    end = wholeCharacter(Math.min(line.length(), caret + CHARS_ASIDE));
  }

  private int wholeCharacter(int at) {
    boolean insidePair =
        at > 0
            && at < line.length()
            && Character.isLowSurrogate(line.charAt(at))
            && Character.isHighSurrogate(line.charAt(at - 1));
    return insidePair ? at - 1 : at;
  }

  String lines(Paint paint) {
    String place = "  --> " + place() + "\n";
    if (line.isBlank()) {
      return place;
    }
    String number = " " + span.line();
    String gutter = " ".repeat(number.length());
    String before = (start > 0 ? "…" : "") + shown(start, caret);
    String after = shown(caret, end) + (end < line.length() ? "…" : "");
    String pointer = " ".repeat(DisplayWidth.of(before)) + paint.alarming("^");
    return place
        + paint.dim(number + " |")
        + " "
        + before
        + after
        + "\n"
        + paint.dim(gutter + " |")
        + " "
        + pointer
        + "\n";
  }

  private String place() {
    return span.file().isEmpty()
        ? "line " + span.line() + ", column " + span.column()
        : TerminalText.escape(span.file()) + ":" + span.line() + ":" + span.column();
  }

  private String shown(int from, int to) {
    return TerminalText.escape(line.substring(from, to).replace("\t", TAB));
  }
}
