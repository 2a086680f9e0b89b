package dev.cairn.shell;

import dev.cairn.report.DisplayWidth;
import dev.cairn.report.TerminalText;
import dev.cairn.shell.ProgressState.Part;
import dev.cairn.shell.ProgressState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Size;

/** Draws a run's state as lines that fit a terminal, from nothing else. */
final class ProgressPicture {
  private static final int LONGEST_LABEL = 24;
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 40;
  private static final int PERCENT = 5;

  private final Blocks blocks;

  ProgressPicture(Blocks blocks) {
    this.blocks = blocks;
  }

  /**
   * The whole first, then as many lanes as fit, those at work among them. One column is left free,
   * since a full line wraps on some terminals, and two lines: for the cursor, and for what stood
   * there before.
   */
  List<String> lines(ProgressState state, Size terminal) {
    int columns = terminal.getColumns() - 1;
    int room = terminal.getRows() - 2;
    if (columns < 1 || room < 1) {
      return List.of();
    }
    List<Part> shown = new ArrayList<>();
    shown.add(state.whole());
    boolean note = !state.note().isEmpty() && room > 1;
    List<Part> lanes = fitting(state.lanes(), room - 1 - (note ? 1 : 0));
    shown.addAll(lanes);
    Layout layout = Layout.of(shown, columns);
    List<String> lines = new ArrayList<>();
    shown.forEach(part -> lines.add(DisplayWidth.cut(layout.line(part, blocks), columns)));
    if (note) {
      lines.add(DisplayWidth.cut(state.note(), columns));
    } else if (lanes.size() < state.lanes().size() && lines.size() < room) {
      lines.add(DisplayWidth.cut(others(state.lanes(), lanes), columns));
    }
    return lines;
  }

  /** A window on the lanes around the first that isn't done; one line is for the rest's count. */
  private static List<Part> fitting(List<Part> lanes, int room) {
    if (lanes.size() <= room) {
      return lanes;
    }
    int places = Math.max(0, room - 1);
    int active = 0;
    while (active < lanes.size() - 1 && lanes.get(active).phase() == Phase.DONE) {
      active++;
    }
    int from = Math.max(0, Math.min(active - places / 3, lanes.size() - places));
    return lanes.subList(from, from + places);
  }

  private static String others(List<Part> all, List<Part> shown) {
    long done = all.stream().filter(part -> part.phase() == Phase.DONE).count();
    return String.format(
        Locale.ROOT,
        "%,d more lanes; %,d of %,d done",
        all.size() - shown.size(),
        done,
        all.size());
  }

  /**
   * What the lines have room for: the same for all, so that bars stand under each other.
   *
   * @param label the columns of the labels
   * @param bar the columns of the bars; 0 for none
   * @param detail how much stands behind the bars, 0 to 3
   * @param rows the columns of a number of rows
   * @param time the columns of the time that is left
   */
  private record Layout(int label, int bar, int detail, int rows, int time) {
    /** Wide enough for most, so that bars keep their length while minutes become seconds. */
    private static final int USUAL_TIME = "59:59 left".length();

    static Layout of(List<Part> parts, int columns) {
      int label = 0;
      int time = USUAL_TIME;
      long most = 0;
      for (Part part : parts) {
        label = Math.max(label, DisplayWidth.of(label(part)));
        time = Math.max(time, ProgressPicture.time(part).length());
        most = Math.max(most, part.total());
      }
      int rows = number(most).length();
      for (int detail = 3; detail >= 0; detail--) {
        Layout layout = new Layout(label, 0, detail, rows, time);
        int left = columns - label - 1 - PERCENT - layout.detailColumns();
        if (left >= SHORTEST_BAR) {
          return new Layout(label, Math.min(left, LONGEST_BAR), detail, rows, time);
        }
      }
      return new Layout(label, 0, 0, rows, time);
    }

    String line(Part part, Blocks blocks) {
      String name = label(part);
      long percent = part.total() <= 0 ? 100 : part.done() * 100 / part.total();
      return name
          + " ".repeat(label - DisplayWidth.of(name) + 1)
          + (bar > 0 ? blocks.bar(bar, part.done(), part.total()) : "")
          + String.format(Locale.ROOT, "%4d%%", percent)
          + detail(part);
    }

    private String detail(Part part) {
      String left = ProgressPicture.time(part);
      String counts = right(number(part.done()), rows) + " of " + right(number(part.total()), rows);
      String rate = part.rowsPerSecond() > 0 ? number(part.rowsPerSecond()) : "-";
      return switch (detail) {
        case 3 -> "  " + counts + " rows  " + right(rate, 9) + " rows/s  " + left;
        case 2 -> "  " + counts + "  " + right(rate, 9) + "/s  " + left;
        case 1 -> "  " + left;
        default -> "";
      };
    }

    private int detailColumns() {
      return switch (detail) {
        case 3 -> 2 + 2 * rows + 4 + 7 + 9 + 9 + time;
        case 2 -> 2 + 2 * rows + 4 + 2 + 9 + 4 + time;
        case 1 -> 2 + time;
        default -> 0;
      };
    }

    private static String label(Part part) {
      return DisplayWidth.cut(TerminalText.escape(part.label()), LONGEST_LABEL);
    }

    private static String right(String text, int columns) {
      return " ".repeat(Math.max(0, columns - text.length())) + text;
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String time(Part part) {
    if (part.phase() != Phase.RUNNING) {
      return part.phase() == Phase.DONE ? "done" : "waiting";
    }
    long seconds = part.secondsLeft();
    if (seconds < 0) {
      return "";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
