package dev.cairn.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An aligned table; the first rows are kept back to find the widths of the columns, the rest goes
 * straight through.
 */
final class TableRows implements RowsWriter {

  private static final int ROWS_KEPT_BACK = 1_000;
  private static final int CHARS_KEPT_BACK = 4_000_000;

  private final Output out;
  private final RowsOptions options;
  private final CellText cells;
  private final Paint paint;
  private final List<List<Cell>> keptBack = new ArrayList<>();
  private List<Cell> header = List.of();
  private TableLayout layout;
  private long charsKeptBack;
  private long count;

  TableRows(Output out, RowsOptions options) {
    this.out = out;
    this.options = options;
    this.cells = new CellText(options);
    this.paint = new Paint(options.colour());
  }

  @Override
  public void begin(List<String> columns) {
    header =
        columns.stream().map(name -> Cell.of(TerminalText.escape(name), Cell.Kind.OTHER)).toList();
  }

  @Override
  public void row(List<?> values) {
    count++;
    List<Cell> row = new ArrayList<>(values.size());
    for (Object value : values) {
      row.add(cells.of(value));
    }
    if (layout != null) {
      write(row);
    } else {
      keepBack(row);
    }
  }

  private void keepBack(List<Cell> row) {
    keptBack.add(row);
    for (Cell cell : row) {
      charsKeptBack += cell.text().length();
    }
    if (keptBack.size() >= ROWS_KEPT_BACK || charsKeptBack >= CHARS_KEPT_BACK) {
      release();
    }
  }

  private void release() {
    layout = new TableLayout(header, keptBack, options.width());
    if (!header.isEmpty()) {
      out.line(layout.header(header, paint));
      out.line(layout.rule());
    }
    keptBack.forEach(this::write);
    keptBack.clear();
  }

  private void write(List<Cell> row) {
    if (!header.isEmpty()) {
      out.line(layout.row(row, paint));
    }
  }

  @Override
  public void end() {
    finish(RowCount.text(count));
  }

  @Override
  public void breakOff() {
    finish(RowCount.incomplete(count));
  }

  private void finish(String footer) {
    if (layout == null) {
      release();
    }
    out.line(new StringBuilder(footer));
  }
}
