package dev.cairn.report;

import java.util.List;

/** A table in GitHub's Markdown, in which data is text and never markup. */
final class MarkdownRows implements RowsWriter {

  private static final String SPECIAL = "\\|*`[]~";

  private final Output out;
  private final CellText cells;

  MarkdownRows(Output out, RowsOptions options) {
    this.out = out;
    this.cells = new CellText(options.withWidth(0));
  }

  @Override
  public void begin(List<String> columns) {
    write(columns.stream().map(MarkdownRows::escaped).toList());
    write(columns.stream().map(column -> "---").toList());
  }

  @Override
  public void row(List<?> values) {
    write(values.stream().map(value -> escaped(cells.unescaped(value))).toList());
  }

  private void write(List<String> texts) {
    if (!texts.isEmpty()) {
      out.line(new StringBuilder("| ").append(String.join(" | ", texts)).append(" |"));
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      escaped.append(escaped(text, at, codePoint));
      at += Character.charCount(codePoint);
    }
    return escaped.toString();
  }

  private static String escaped(String text, int at, int codePoint) {
    return switch (codePoint) {
      case '\n' -> "<br>";
      case '\r' -> text.startsWith("\n", at + 1) ? "" : "<br>";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '_' -> isInsideWord(text, at) ? "_" : "\\_";
      default -> {
        String shown = TerminalText.escape(Character.toString(codePoint));
        boolean special =
            SPECIAL.indexOf(codePoint) >= 0 || !shown.equals(Character.toString(codePoint));
        yield special ? "\\" + shown : shown;
      }
    };
  }

  /**
   * GitHub takes no underscore inside a word for emphasis, so names like system_id stay readable in
   * the source.
   */
  private static boolean isInsideWord(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  @Override
  public void end() {
    // a Markdown table has no end
  }

  @Override
  public void breakOff() {
    // nor can it say that rows are missing
  }
}
