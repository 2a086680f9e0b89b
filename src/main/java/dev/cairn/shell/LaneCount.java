package dev.cairn.shell;

import dev.cairn.shell.ProgressState.Part;
import dev.cairn.shell.ProgressState.Phase;

/** Figures of one lane, or of the whole. */
final class LaneCount {
  private final long total;
  private long done;
  private long begunAt;
  private long since;
  private long lastCommit;
  private Phase phase = Phase.WAITING;

  LaneCount(long total) {
    this.total = total;
  }

  void begin(long rows, long now) {
    done = rows;
    begunAt = rows;
    since = now;
    lastCommit = now;
    phase = Phase.RUNNING;
  }

  void add(long rows, long now) {
    done += rows;
    lastCommit = now;
  }

  void end() {
    done = total;
    phase = Phase.DONE;
  }

  /** The rate is that of the last commit: between two of them it would only seem to fall. */
  Part part(String label, long now) {
    double seconds = (lastCommit - since) / 1e9;
    double rate = seconds < 0.001 ? 0 : (done - begunAt) / seconds;
    double sinceThen = (now - lastCommit) / 1e9;
    long left = rate <= 0 ? -1 : Math.round(Math.max(0, (total - done) / rate - sinceThen));
    return new Part(label, phase, Math.min(done, total), total, Math.round(rate), left);
  }
}
