package dev.cairn.batch;

import java.util.OptionalLong;

/**
 * How a run goes about its work.
 *
 * @param pace batch and pause lengths
 * @param batchRows a fixed number of source rows a batch; empty lets the pace decide
 * @param quarantine whether a row that the database refuses is set aside instead of ending the run
 * @param lanes how many lanes may run at a time, where many can write
 */
public record BatchSettings(Pace pace, OptionalLong batchRows, boolean quarantine, int lanes) {

  /** With one lane after another. */
  public BatchSettings(Pace pace, OptionalLong batchRows, boolean quarantine) {
    this(pace, batchRows, quarantine, 1);
  }
}
