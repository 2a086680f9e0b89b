package dev.cairn.journal;

import java.util.List;

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
 * @param updated rows that a change wrote
 * @param deleted rows that a change took away
 */
public record BatchTally(
    long expected,
    long inserted,
    long identical,
    long kept,
    long replaced,
    long rejected,
    long updated,
    long deleted) {
  /** Nothing yet. */
  public static final BatchTally NONE = new BatchTally(0, 0, 0, 0, 0, 0, 0, 0);

  /** The tally of a migration's batch, which neither updates nor deletes. */
  public BatchTally(
      long expected, long inserted, long identical, long kept, long replaced, long rejected) {
    this(expected, inserted, identical, kept, replaced, rejected, 0, 0);
  }

  /** The tally that {@link BatchJournal#readTally} read. */
  public static BatchTally of(List<Object> row) {
    long[] counts = new long[8];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = row.get(i) == null ? 0 : ((Number) row.get(i)).longValue();
    }
    return new BatchTally(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7]);
  }

  /** Rows that are other than they were. */
  public long written() {
    return inserted + replaced + updated + deleted;
  }

  /** The sum of two. */
  public BatchTally plus(BatchTally other) {
    return new BatchTally(
        expected + other.expected,
        inserted + other.inserted,
        identical + other.identical,
        kept + other.kept,
        replaced + other.replaced,
        rejected + other.rejected,
        updated + other.updated,
        deleted + other.deleted);
  }
}
