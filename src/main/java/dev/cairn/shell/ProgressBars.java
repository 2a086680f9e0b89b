package dev.cairn.shell;

import dev.cairn.command.Console.Progress;
import dev.cairn.journal.BatchTally;
import dev.cairn.plan.Measured;
import dev.cairn.report.DisplayWidth;
import dev.cairn.report.TerminalText;
import java.io.PrintStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/**
 * Bars on a terminal, redrawn in place. The cursor waits on the line below them and is never
 * hidden: whatever ends the process, even kill -9, leaves the terminal as it should be. Closing
 * removes the bars, since the run's own figures follow.
 */
final class ProgressBars implements Progress {
  private static final long BETWEEN_FRAMES_NANOS = 100_000_000L;
  private static final long TICK_MILLIS = 250;
  private static final String STOPPING = "stopping at the batch's edge; Ctrl-C again ends at once";

  private final PrintStream err;
  private final Supplier<Size> size;
  private final BooleanSupplier stopping;
  private final ProgressPicture picture;
  private final ProgressCount count;
  private List<String> drawn = List.of();
  private long lastFrame;
  private boolean closed;

  /**
   * @param size how large the terminal is now
   * @param stopping whether a signal asked to stop
   */
  ProgressBars(
      ProgressCount count,
      PrintStream err,
      Supplier<Size> size,
      Blocks blocks,
      BooleanSupplier stopping) {
    this.count = count;
    this.err = err;
    this.size = size;
    this.stopping = stopping;
    this.picture = new ProgressPicture(blocks);
  }

  /** Bars for a run that begins now, with a clock of their own. */
  static ProgressBars begin(
      Measured measured,
      long alreadyDone,
      PrintStream err,
      Supplier<Size> size,
      BooleanSupplier stopping) {
    ProgressBars bars =
        new ProgressBars(
            new ProgressCount(
                measured.plan().name(), measured.lanes(), alreadyDone, System.nanoTime()),
            err,
            size,
            Blocks.of(System.getProperty("cairn.charmap"), System.getenv()),
            stopping);
    Thread ticker = new Thread(bars::tick, "progress");
    ticker.setDaemon(true);
    ticker.start();
    return bars;
  }

  @Override
  public synchronized void laneStarts(int lane, long sourceRowsDone) {
    count.laneStarts(lane, sourceRowsDone, System.nanoTime());
  }

  @Override
  public synchronized void committed(int lane, long batch, long sourceRows, BatchTally tally) {
    count.committed(lane, tally.expected(), System.nanoTime());
    if (System.nanoTime() - lastFrame >= BETWEEN_FRAMES_NANOS) {
      draw();
    }
  }

  @Override
  public synchronized void laneDone(int lane) {
    count.laneDone(lane);
  }

  @Override
  public synchronized void says(String message) {
    show(List.of());
    err.println(TerminalText.escape(message));
    draw();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    show(List.of());
  }

  /** Time goes on, and terminals change their size, between two batches too. */
  private synchronized void tick() {
    try {
      while (!closed) {
        wait(TICK_MILLIS);
        draw();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw() {
    if (closed) {
      return;
    }
    lastFrame = System.nanoTime();
    String note = stopping.getAsBoolean() ? STOPPING : "";
    show(picture.lines(count.state(lastFrame, note), size.get()));
  }

  /** Replaces what is drawn, each line over its predecessor: nothing flickers. */
  private void show(List<String> lines) {
    StringBuilder frame = new StringBuilder();
    int above = rowsTaken(drawn, size.get().getColumns());
    if (above > 0) {
      frame.append("\r\u001b[").append(above).append('A');
    }
    lines.forEach(line -> frame.append(line).append("\u001b[K\n"));
    frame.append(drawn.isEmpty() ? "" : "\u001b[J");
    drawn = List.copyOf(lines);
    err.print(frame);
    err.flush();
  }

  /** A terminal that became narrower has wrapped the lines. */
  private static int rowsTaken(List<String> lines, int columns) {
    int rows = 0;
    for (String line : lines) {
      int width = DisplayWidth.of(line);
      rows += columns <= 0 ? 1 : Math.max(1, (width + columns - 1) / columns);
    }
    return rows;
  }
}
