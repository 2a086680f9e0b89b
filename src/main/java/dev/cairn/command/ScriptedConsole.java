package dev.cairn.command;

import dev.cairn.journal.BatchTally;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import java.io.PrintStream;
import java.util.Optional;

/** A console without a person: it can't be asked, and progress is a line now and then. */
public final class ScriptedConsole implements Console {
  private static final long BETWEEN_LINES_NANOS = 2_000_000_000L;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean quiet;

  /**
   * @param quiet whether progress is left out
   */
  public ScriptedConsole(PrintStream out, PrintStream err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public Optional<String> ask(String question) {
    return Optional.empty();
  }

  @Override
  public Progress progress(Measured measured, long alreadyDone) {
    return new Lines(measured, alreadyDone);
  }

  /** A line every two seconds. */
  private final class Lines implements Progress {
    private final Measured measured;
    private final long total;
    private final long begunAt;
    private final long started = System.nanoTime();
    private long done;
    private long last = started;

    Lines(Measured measured, long alreadyDone) {
      this.measured = measured;
      this.total = measured.total(Lane::expectedRows);
      this.done = alreadyDone;
      this.begunAt = alreadyDone;
    }

    @Override
    public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
      done += tally.expected();
      long now = System.nanoTime();
      if (quiet || now - last < BETWEEN_LINES_NANOS) {
        return;
      }
      last = now;
      double rate = (done - begunAt) / Math.max(1e-9, (now - started) / 1e9);
      err.printf(
          "%s: lane %s, batch %d: %,d of %,d rows, %,.0f rows/s, %.0f s left%n",
          measured.plan().name(),
          measured.lanes().get(lane).label(),
          batch,
          done,
          total,
          rate,
          Math.max(0, total - done) / Math.max(1, rate));
    }

    @Override
    public void says(String message) {
      err.println(message);
    }

    @Override
    public void close() {
      err.flush();
    }
  }
}
