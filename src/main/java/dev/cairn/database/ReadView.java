package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * The database as it was at one moment: all its queries see the same rows, whatever others write
 * meanwhile. For one thread. Close it soon: an open view keeps a log from being tidied up.
 */
public interface ReadView extends AutoCloseable {

  /** Runs a query. Fails with exit 1 where the engine says no. */
  RowStream query(SqlFragment query);

  /**
   * Says what will be asked for next. Where each question is a journey, these make it together; to
   * whoever asks, nothing is different: one that fails does so when it is asked for. For results
   * that are small.
   */
  default void ahead(List<SqlFragment> queries) {}

  /** Ends what runs in it, from another thread; it then fails. Nothing where nothing runs. */
  default void cancel() {}

  @Override
  void close();

  /** All rows of a small result. */
  default List<List<Object>> rows(SqlFragment query) {
    List<List<Object>> rows = new ArrayList<>();
    try (RowStream stream = query(query)) {
      while (stream.next()) {
        rows.add(stream.row());
      }
    }
    return rows;
  }

  /**
   * Runs a query over what people stored: no value of it is beyond what the way can carry, nor
   * comes as another. Where values come by JSON that takes a question more, and longer answers.
   */
  default RowStream exactly(SqlFragment query) {
    return query(query);
  }

  /** All rows of a small result, as {@link #exactly} reads them. */
  default List<List<Object>> exactRows(SqlFragment query) {
    return rows(query);
  }

  /** The one row of a result that has one. */
  default List<Object> row(SqlFragment query) {
    return rows(query).get(0);
  }

  /** The one whole number of a result that is one. */
  default long number(SqlFragment query) {
    Object value = row(query).get(0);
    return value == null ? 0 : ((Number) value).longValue();
  }
}
