package dev.cairn.command;

import dev.cairn.journal.BatchTally;

/** Hears of a run beside the progress that a person sees. */
class WatchedProgress implements Console.Progress {
  private Console.Progress shown;

  /** What it passes everything on to. */
  final WatchedProgress over(Console.Progress progress) {
    shown = progress;
    return this;
  }

  @Override
  public void laneStarts(int lane, long sourceRowsDone) {
    shown.laneStarts(lane, sourceRowsDone);
  }

  @Override
  public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
    shown.committed(lane, batch, sourceRows, tally);
  }

  @Override
  public void laneDone(int lane) {
    shown.laneDone(lane);
  }

  @Override
  public void says(String message) {
    shown.says(message);
  }

  @Override
  public final void close() {
    shown.close();
  }
}
