package dev.cairn.batch;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a run goes about its work.
 *
 * @param pace batch and pause lengths
 * @param batchRows a fixed number of source rows a batch; empty lets the pace decide
 * @param quarantine whether a row that the database refuses is set aside instead of ending the run
 * @param lanes how many lanes may run at a time, where many can write
 * @param mostLag how far a replica may be behind before batches wait for it, where that is seen
 */
public record BatchSettings(
    Pace pace, OptionalLong batchRows, boolean quarantine, int lanes, Duration mostLag) {
  /** How far a replica may be behind unless told otherwise. */
  public static final Duration USUAL_LAG = Duration.ofSeconds(10);

  /** With one lane after another. */
  public BatchSettings(Pace pace, OptionalLong batchRows, boolean quarantine) {
    this(pace, batchRows, quarantine, 1, USUAL_LAG);
  }
}
