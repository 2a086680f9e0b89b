package dev.cairn.report;

import java.util.List;

/** How wide the columns of a table are, and how its lines are put together. */
final class TableLayout {

  /** Wider values stick out instead of pushing every other line aside. */
  private static final int WIDEST_ALIGNED = 1000;

  /** A column is never cut below this. */
  private static final int NARROWEST = 4;

  private static final String SEPARATOR = " | ";

  private final int[] widths;
  private final boolean[] numeric;
  private final boolean limited;

  TableLayout(List<Cell> header, List<List<Cell>> rows, int terminalWidth) {
    widths = new int[header.size()];
    numeric = new boolean[header.size()];
    limited = terminalWidth > 0;
    for (int column = 0; column < widths.length; column++) {
      measure(column, header, rows);
    }
    if (limited) {
      fitInto(terminalWidth - 2 - SEPARATOR.length() * (widths.length - 1));
    }
  }

  private void measure(int column, List<Cell> header, List<List<Cell>> rows) {
    int widest = header.get(column).width();
    boolean onlyNumbers = true;
    boolean anyNumber = false;
    for (List<Cell> row : rows) {
      Cell cell = row.get(column);
      widest = Math.max(widest, cell.width());
      onlyNumbers &= cell.kind() != Cell.Kind.OTHER;
      anyNumber |= cell.isNumber();
    }
    widths[column] = Math.min(widest, WIDEST_ALIGNED);
    numeric[column] = onlyNumbers && anyNumber;
  }

  /**
   * Cuts the widest columns of text, all to the same width, until the line fits; numbers are never
   * cut.
   */
  private void fitInto(int available) {
    long sum = 0;
    int cap = NARROWEST;
    for (int width : widths) {
      sum += width;
      cap = Math.max(cap, width);
    }
    while (sum > available && cap > NARROWEST) {
      cap--;
      for (int column = 0; column < widths.length; column++) {
        if (!numeric[column] && widths[column] > cap) {
          widths[column] = cap;
          sum--;
        }
      }
    }
  }

  StringBuilder header(List<Cell> cells, Paint paint) {
    StringBuilder line = new StringBuilder(" ");
    for (int column = 0; column < widths.length; column++) {
      Cell cell = fitted(cells.get(column), column);
      separate(line, column);
      pad(line, cell, column, numeric[column], paint.bold(cell.text()));
    }
    return line;
  }

  StringBuilder rule() {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(column == 0 ? "" : "+").append("-".repeat(widths[column] + 2));
    }
    return line;
  }

  StringBuilder row(List<Cell> cells, Paint paint) {
    StringBuilder line = new StringBuilder(" ");
    for (int column = 0; column < widths.length; column++) {
      Cell cell = fitted(cells.get(column), column);
      separate(line, column);
      pad(line, cell, column, isRight(cell, column), cell.painted(paint));
    }
    return line;
  }

  private boolean isRight(Cell cell, int column) {
    return cell.isNumber() || (cell.kind() == Cell.Kind.NULL && numeric[column]);
  }

  private Cell fitted(Cell cell, int column) {
    return limited ? cell.cut(widths[column]) : cell;
  }

  private static void separate(StringBuilder line, int column) {
    line.append(column == 0 ? "" : SEPARATOR);
  }

  private void pad(StringBuilder line, Cell cell, int column, boolean right, String painted) {
    String padding = " ".repeat(Math.max(0, widths[column] - cell.width()));
    boolean last = column == widths.length - 1;
    line.append(right ? padding : "").append(painted).append(right || last ? "" : padding);
  }
}
