package dev.cairn.preview;

import java.util.List;
import java.util.Optional;

/**
 * What one part of a statement would do to one table, as the data is now.
 *
 * @param target the table's name, empty where it isn't known
 * @param kind UPDATE, DELETE, INSERT, UPSERT, REPLACE, TRUNCATE, or what else it is
 * @param rowsAsWritten rows of the target that the statement touches as it stands; for an INSERT
 *     the rows that its query yields; empty where they can't be counted
 * @param rowsKeySafe the same for the key-safe text; equal where nothing was rewritten
 * @param rowsInBoth rows that both touch
 * @param leading the column of {@code by}; empty where no key of the table has several columns
 * @param by the counts for each value of the leading column, in its order
 * @param byComplete whether every value is listed
 * @param insert what an INSERT finds already there
 * @param columns what an UPDATE does to each column it sets, as the statement is written
 * @param sample some rows, those that only the statement as written touches first
 * @param cascades rows of other tables that foreign keys reach
 * @param triggers triggers that would fire
 * @param remarks what a person should know about these figures
 */
public record TargetScope(
    String target,
    String kind,
    Optional<Long> rowsAsWritten,
    Optional<Long> rowsKeySafe,
    long rowsInBoth,
    Optional<String> leading,
    List<ByValue> by,
    boolean byComplete,
    Optional<InsertCounts> insert,
    List<ColumnChange> columns,
    List<SampleRow> sample,
    List<CascadeCount> cascades,
    List<String> triggers,
    List<String> remarks) {

  /** Of a statement that writes no rows. */
  public static final TargetScope NONE =
      new TargetScope(
          "",
          "NONE",
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          List.of(),
          true,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public TargetScope {
    by = List.copyOf(by);
    columns = List.copyOf(columns);
    sample = List.copyOf(sample);
    cascades = List.copyOf(cascades);
    triggers = List.copyOf(triggers);
    remarks = List.copyOf(remarks);
  }

  /** Rows that only the statement as written touches: what a careless link leaks to. */
  public long onlyAsWritten() {
    return rowsAsWritten.orElse(0L) - rowsInBoth;
  }

  /** Rows that only the key-safe statement touches. */
  public long onlyKeySafe() {
    return rowsKeySafe.orElse(0L) - rowsInBoth;
  }

  /**
   * The counts for one value of the leading column.
   *
   * @param value the value
   * @param asWritten rows that the statement as written touches
   * @param keySafe rows that the key-safe one touches
   * @param both rows that both touch
   */
  public record ByValue(Object value, long asWritten, long keySafe, long both) {}

  /**
   * What an INSERT finds.
   *
   * @param rows rows that its query yields
   * @param toInsert rows whose key is new, each key once
   * @param repeated rows whose new key an earlier row of the query has too
   * @param identical rows that are there with the same values
   * @param different rows that are there with other values
   * @param taken rows of the target that a REPLACE takes away
   * @param policy what happens to a row that is there: FAIL, IGNORE, UPDATE, REPLACE
   */
  public record InsertCounts(
      long rows,
      long toInsert,
      long repeated,
      long identical,
      long different,
      long taken,
      String policy) {}

  /**
   * What happens to one column.
   *
   * @param column its name
   * @param becomeNull rows whose value is lost to NULL
   * @param stopBeingNull rows that get a value in place of NULL
   * @param change rows that get another value
   * @param varies whether the value written is another one each time it is asked
   */
  public record ColumnChange(
      String column, long becomeNull, long stopBeingNull, long change, boolean varies) {}

  /**
   * A row before and after.
   *
   * @param keyColumns the names of its key's columns
   * @param key their values
   * @param cells the columns that the statement sets, or all of a row that comes or goes
   * @param keySafe whether the key-safe statement touches it too
   */
  public record SampleRow(
      List<String> keyColumns, List<Object> key, List<SampleCell> cells, boolean keySafe) {
    public SampleRow {
      keyColumns = List.copyOf(keyColumns);
      key = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(key));
      cells = List.copyOf(cells);
    }
  }

  /**
   * One column of a sample row.
   *
   * @param before the value now; null too where the row isn't there yet
   * @param after the value afterwards; null too where the row is gone then
   */
  public record SampleCell(String column, Object before, Object after) {}

  /**
   * Rows of another table.
   *
   * @param table its name
   * @param action what becomes of them, in the words of the foreign key
   * @param columns the referring columns
   * @param rows how many
   */
  public record CascadeCount(String table, String action, List<String> columns, long rows) {
    public CascadeCount {
      columns = List.copyOf(columns);
    }
  }
}
