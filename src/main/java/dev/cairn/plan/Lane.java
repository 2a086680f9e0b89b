package dev.cairn.plan;

import java.util.HexFormat;
import java.util.List;

/**
 * An independent range of a migration's work, with everything the database had to say about it.
 *
 * @param value the lane column's value; null where the plan has no lanes
 * @param variant the fan-out variant it takes, empty where there is none
 * @param entries the target rows of each source row; empty where the plan has no fan-out
 * @param from the first cursor value
 * @param bound the last cursor value that belongs to this plan
 * @param sourceRows source rows up to the bound
 * @param expectedRows rows that the query yields for them
 * @param alreadyThere of those, rows whose key the target has, whatever their values
 * @param digest hash of the source keys up to the bound
 */
public record Lane(
    Object value,
    String variant,
    List<Entry> entries,
    Object from,
    Object bound,
    long sourceRows,
    long expectedRows,
    long alreadyThere,
    String digest) {

  public Lane {
    entries = List.copyOf(entries);
  }

  /** The lane's name in the journal and on the screen. */
  public String label() {
    return value == null ? "all" : String.valueOf(value);
  }

  /** The resolved mapping in one text: equal where each entry has the value it had. */
  public String mapping() {
    StringBuilder text = new StringBuilder(variant);
    for (Entry entry : entries) {
      Object value = entry.value();
      text.append('|').append(entry.name()).append('=');
      text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    }
    return text.toString();
  }

  /** The same lane with another count of rows already there. */
  public Lane withAlreadyThere(long rows) {
    return new Lane(value, variant, entries, from, bound, sourceRows, expectedRows, rows, digest);
  }

  /** Rows that the query yields and the target lacks. */
  public long toWrite() {
    return expectedRows - alreadyThere;
  }
}
