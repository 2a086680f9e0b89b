package dev.cairn.report;

import java.util.List;

/**
 * One line for each value, as psql's \x and mysql's \G; the lines of a text stand below each other.
 */
final class VerticalRows implements RowsWriter {

  private final Output out;
  private final CellText cells;
  private final Paint paint;
  private List<String> names = List.of();
  private int nameWidth;
  private long count;

  VerticalRows(Output out, RowsOptions options) {
    this.out = out;
    this.cells = new CellText(options);
    this.paint = new Paint(options.colour());
  }

  @Override
  public void begin(List<String> columns) {
    names = columns.stream().map(TerminalText::escape).toList();
    nameWidth = names.stream().mapToInt(DisplayWidth::of).max().orElse(0);
  }

  @Override
  public void row(List<?> values) {
    count++;
    out.line(new StringBuilder(paint.dim("-[ RECORD " + count + " ]-")));
    for (int column = 0; column < names.size(); column++) {
      write(names.get(column), values.get(column));
    }
  }

  private void write(String name, Object value) {
    String padding = " ".repeat(nameWidth - DisplayWidth.of(name));
    String label = paint.bold(name) + padding;
    for (String line : cells.unescaped(value).split("\r?\n", -1)) {
      String shown = TerminalText.escape(line);
      out.line(
          new StringBuilder(label).append(" | ").append(value == null ? paint.dim(shown) : shown));
      label = " ".repeat(nameWidth);
    }
  }

  @Override
  public void end() {
    out.line(new StringBuilder(RowCount.text(count)));
  }

  @Override
  public void breakOff() {
    out.line(new StringBuilder(RowCount.incomplete(count)));
  }
}
