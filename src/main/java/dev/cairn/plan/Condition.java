package dev.cairn.plan;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.SourceSpan;

/**
 * What must hold before or behind a step: one query with one value, and the value that it must
 * give.
 *
 * @param sql the query
 * @param is the value, by type too: a Long, a Double or a text
 * @param because why it must hold, for people; may be empty
 * @param span where it stands
 */
public record Condition(String sql, Object is, String because, SourceSpan span) {

  /** A query that is 1 where it holds. The line's end closes a comment. */
  public SqlFragment holds(Dialect dialect) {
    String given = "((" + sql + "\n) " + dialect.isNotDistinct() + " ?)";
    return SqlFragment.of("SELECT " + dialect.truth(given), is);
  }

  /** A query for the value as it is. */
  public SqlFragment value() {
    return SqlFragment.of("SELECT (" + sql + "\n)");
  }

  /** The condition in words. */
  public String words() {
    String line = sql.strip().replaceAll("\\s+", " ");
    String query = line.length() > 120 ? line.substring(0, 117) + "..." : line;
    return (because.isEmpty() ? "" : because + ": ") + query;
  }
}
