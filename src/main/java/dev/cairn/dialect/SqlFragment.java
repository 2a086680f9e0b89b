package dev.cairn.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A piece of SQL with the values bound to its {@code ?} marks, in order. Values are always bound,
 * never pasted: Long, Double, String, byte[], Boolean, BigDecimal or null.
 */
public record SqlFragment(String sql, List<Object> binds) {

  public SqlFragment {
    binds = Collections.unmodifiableList(new ArrayList<>(binds));
  }

  /** A fragment with its values. */
  public static SqlFragment of(String sql, Object... binds) {
    return new SqlFragment(sql, Arrays.asList(binds));
  }

  /** This fragment followed by text and values. */
  public SqlFragment then(String more, Object... values) {
    return then(of(more, values));
  }

  /** This fragment followed by another. */
  public SqlFragment then(SqlFragment next) {
    List<Object> all = new ArrayList<>(binds);
    all.addAll(next.binds);
    return new SqlFragment(sql + next.sql, all);
  }
}
