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
  private static final int LONGEST_MARKED = 160;

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
      int start = lineStart(hunk.get(0).span().start());
      int end = lineEnd(hunk.get(hunk.size() - 1).span().end());
      for (String line : text.substring(start, end).split("\n", -1)) {
        out.append("- ").append(shown(line)).append('\n');
      }
      after(hunk, start, end, out);
    }
    return out.toString();
  }

  private void after(List<Edit> hunk, int start, int end, StringBuilder out) {
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
      out.append("+ ").append(shown(lines[i])).append('\n');
      boolean plain =
          TerminalText.isPlain(lines[i]) && DisplayWidth.of(lines[i]) == lines[i].length();
      if (i < below.length && !below[i].isBlank() && plain && lines[i].length() <= LONGEST_MARKED) {
        out.append("  ").append(paint.alarming(below[i])).append('\n');
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
