package dev.cairn.report;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.Rewrite;
import java.util.ArrayList;
import java.util.List;

/**
 * A rewrite as a small diff of the person's own text: the lines that change, before and after, with
 * a mark below what was put in.
 */
final class RewriteText {
  /** On longer lines marks would stand below nothing: a terminal breaks them. */
  private static final int LONGEST_MARKED = 200;

  /** Of a longer line only what stands around the change is shown. */
  private static final int LONGEST_WHOLE = 110;

  private static final int CHARS_ASIDE = 32;

  private final String text;
  private final Rewrite rewrite;
  private final Paint paint;

  RewriteText(String text, Rewrite rewrite, Paint paint) {
    this.text = text;
    this.rewrite = rewrite;
    this.paint = paint;
  }

  /** The diff, each line ended. */
  String lines() {
    StringBuilder out = new StringBuilder();
    for (List<Edit> hunk : hunks()) {
      int first = hunk.get(0).span().start();
      int last = hunk.get(hunk.size() - 1).span().end();
      boolean cut =
          lineEnd(last) - lineStart(first) > LONGEST_WHOLE
              && !text.substring(first, last).contains("\n");
      int start =
          cut ? Math.max(lineStart(first), wordStart(first - CHARS_ASIDE)) : lineStart(first);
      int end = cut ? Math.min(lineEnd(last), wordEnd(last + CHARS_ASIDE)) : lineEnd(last);
      String before = start > lineStart(first) ? "… " : "";
      String behind = end < lineEnd(last) ? " …" : "";
      for (String line : text.substring(start, end).split("\n", -1)) {
        out.append("- ").append(before).append(shown(line)).append(behind).append('\n');
      }
      after(hunk, start, end, before, behind, out);
    }
    return out.toString();
  }

  private void after(
      List<Edit> hunk, int start, int end, String before, String behind, StringBuilder out) {
    StringBuilder line = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    int at = start;
    for (Edit edit : hunk) {
      line.append(text, at, edit.span().start());
      marks.append(blank(text.substring(at, edit.span().start())));
      line.append(edit.replacement());
      marks.append(edit.replacement().replaceAll("[^\n]", "^"));
      at = edit.span().end();
    }
    line.append(text, at, end);
    String[] lines = line.toString().split("\n", -1);
    String[] below = marks.toString().split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      out.append("+ ").append(before).append(shown(lines[i])).append(behind).append('\n');
      boolean plain =
          TerminalText.isPlain(lines[i]) && DisplayWidth.of(lines[i]) == lines[i].length();
      if (i < below.length && !below[i].isBlank() && plain && lines[i].length() <= LONGEST_MARKED) {
        String indent = " ".repeat(2 + before.length());
        out.append(indent).append(paint.alarming(below[i].stripTrailing())).append('\n');
      }
    }
  }

  private static String blank(String text) {
    return text.replaceAll("[^\n]", " ");
  }

  /** Edits of one line, or of lines that follow one another, stand together. */
  private List<List<Edit>> hunks() {
    List<List<Edit>> hunks = new ArrayList<>();
    int end = -2;
    for (Edit edit : rewrite.edits()) {
      if (hunks.isEmpty() || lineStart(edit.span().start()) > end + 1) {
        hunks.add(new ArrayList<>());
      }
      hunks.get(hunks.size() - 1).add(edit);
      end = lineEnd(edit.span().end());
    }
    return hunks;
  }

  /** Where the word begins that the offset stands in, so that none is cut. */
  private int wordStart(int offset) {
    int at = Math.max(0, offset);
    while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private int wordEnd(int offset) {
    int at = Math.min(text.length(), offset);
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int lineStart(int offset) {
    return offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  }

  private int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  private static String shown(String line) {
    String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return TerminalText.escape(bare.replace("\t", "    "));
  }
}
