package dev.cairn.error;

import java.util.Arrays;

/** A text whose lines are counted once, for those who name many places in it. For one thread. */
public final class SourceLines {
  private final String file;
  private final String text;
  private final int[] starts;
  private int lastLine;
  private String lastText = "";

  /**
   * @param file the file's name in places, empty for typed text
   */
  public SourceLines(String file, String text) {
    this.file = file;
    this.text = text;
    int[] found = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
      found[count++] = at + 1;
    }
    starts = Arrays.copyOf(found, count);
  }

  /** The line of an offset, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(starts, Math.min(offset, text.length()));
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Where a line begins; the last one's start for any beyond. */
  public int start(int line) {
    return starts[Math.min(line, starts.length) - 1];
  }

  /** The place of an offset; one past the end points behind the last character. */
  public SourceSpan at(int offset) {
    int end = Math.min(offset, text.length());
    int line = line(end);
    int start = starts[line - 1];
    return new SourceSpan(file, line, end - start + 1, lineText(line));
  }

  /** A line may be as long as the file: all places in it share one copy. */
  private String lineText(int line) {
    if (line != lastLine) {
      int stop = line < starts.length ? starts[line] - 1 : text.length();
      String bare = text.substring(starts[line - 1], stop);
      lastText = bare.endsWith("\r") ? bare.substring(0, bare.length() - 1) : bare;
      lastLine = line;
    }
    return lastText;
  }
}
