package dev.cairn.preview;

import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.List;

/**
 * What a restore from a snapshot would do, as the data is now.
 *
 * @param table whose rows are put back
 * @param from what the snapshot was called
 * @param leading the key's first column
 * @param by the counts for each value of it, in its order
 * @param fitting rows that the snapshot lacks although the predicate fits them: written since
 * @param goneFitting rows that only the snapshot has and that fit the predicate as they were
 * @param columns what happens to each column that is put back
 * @param sample some rows, as they are and as they would be
 * @param kept some rows that differ and stay as they are
 * @param missing some rows that only the snapshot has
 * @param withDeleted whether rows that only the snapshot has are put in again
 * @param described whether a predicate says which rows are damaged
 */
public record RestoreScope(
    String table,
    String from,
    String leading,
    List<ByKey> by,
    long fitting,
    long goneFitting,
    List<ColumnChange> columns,
    List<SampleRow> sample,
    List<Left> kept,
    List<Left> missing,
    boolean withDeleted,
    boolean described) {

  public RestoreScope {
    by = List.copyOf(by);
    columns = List.copyOf(columns);
    sample = List.copyOf(sample);
    kept = List.copyOf(kept);
    missing = List.copyOf(missing);
  }

  /**
   * The counts for one value of the key's first column.
   *
   * @param value the value
   * @param restored damaged rows that are put back
   * @param writtenSince damaged rows that were written since: kept
   * @param kept rows that differ and were not damaged, as far as is known: kept
   * @param onlyThere rows that only the snapshot has
   * @param onlyHere rows that the snapshot lacks: kept
   */
  public record ByKey(
      Object value, long restored, long writtenSince, long kept, long onlyThere, long onlyHere) {
    ByKey plus(ByKey other) {
      return new ByKey(
          value,
          restored + other.restored,
          writtenSince + other.writtenSince,
          kept + other.kept,
          onlyThere + other.onlyThere,
          onlyHere + other.onlyHere);
    }
  }

  /**
   * A row that isn't put back.
   *
   * @param key its key's values
   * @param why in words
   */
  public record Left(List<Object> key, String why) {}

  /** All of them together; its value means nothing. */
  public ByKey total() {
    return by.stream().reduce(new ByKey(null, 0, 0, 0, 0, 0), ByKey::plus);
  }
}
