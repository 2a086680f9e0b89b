package dev.cairn.report;

import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An error as people and scripts get it on stderr; hint is "" where nothing can be advised. */
public record ErrorReport(
    String code, int exit, String message, String hint, Optional<SourceSpan> span) {

  /** The report of an error that a person must be told. */
  public static ErrorReport of(CairnException error) {
    return new ErrorReport(
        error.code(),
        error.exit().code(),
        String.valueOf(error.getMessage()),
        error.hint().orElse(""),
        error.span());
  }

  /** Returns the lines for a person, each ended: what is wrong, where, and what to do next. */
  public String text(boolean colour) {
    Paint paint = new Paint(colour);
    StringBuilder text = new StringBuilder();
    text.append(paint.alarming("error:"))
        .append(' ')
        .append(indented(message, "       "))
        .append('\n');
    span.ifPresent(place -> text.append(new SpanText(place).lines(paint)));
    if (!hint.isEmpty()) {
      text.append(paint.bold("hint:")).append(' ').append(indented(hint, "      ")).append('\n');
    }
    return text.toString();
  }

  /** Returns the line for a script, without its line break. */
  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", code);
    fields.put("exit", exit);
    fields.put("message", message);
    fields.put("hint", hint.isEmpty() ? null : hint);
    fields.put("file", span.map(SourceSpan::file).filter(file -> !file.isEmpty()).orElse(null));
    fields.put("line", span.map(SourceSpan::line).orElse(null));
    fields.put("column", span.map(SourceSpan::column).orElse(null));
    return new JsonLine("error", fields).text();
  }

  /** Engines send messages of several lines; each is escaped by itself. */
  private static String indented(String text, String indentation) {
    return text.lines()
        .map(TerminalText::escape)
        .reduce((first, next) -> first + "\n" + indentation + next)
        .orElse("");
  }
}
