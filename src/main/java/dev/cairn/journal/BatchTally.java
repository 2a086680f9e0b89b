package dev.cairn.journal;

/**
 * What became of the rows that a batch (or a lane, or a run) should write. The database itself
 * refuses a batch in which {@code expected} isn't the sum of the others.
 *
 * @param expected rows that the query yields
 * @param inserted new rows
 * @param identical rows that were there with the same values
 * @param kept rows that were there with other values and stayed
 * @param replaced rows that were there with other values and were overwritten
 * @param rejected rows set aside because a person chose to
 */
public record BatchTally(
    long expected, long inserted, long identical, long kept, long replaced, long rejected) {
  /** Nothing yet. */
  public static final BatchTally NONE = new BatchTally(0, 0, 0, 0, 0, 0);

  /** The sum of two. */
  public BatchTally plus(BatchTally other) {
    return new BatchTally(
        expected + other.expected,
        inserted + other.inserted,
        identical + other.identical,
        kept + other.kept,
        replaced + other.replaced,
        rejected + other.rejected);
  }
}
