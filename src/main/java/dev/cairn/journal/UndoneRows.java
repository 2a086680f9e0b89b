package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to in one table, row by row, as queries: rows that were there before and are
 * there after, only before, or only after. Rows that have the values they had are left out.
 */
final class UndoneRows {
  private final JournalledRows rows;
  private final boolean once;
  private final Dialect dialect;

  /**
   * @param once whether each row stands in the journal once, under the key that it has: then no row
   *     is looked for twice
   */
  UndoneRows(JournalledRows rows, boolean once, Dialect dialect) {
    this.rows = rows;
    this.once = once;
    this.dialect = dialect;
  }

  /** 1 where there are rows of that kind to put back. */
  SqlFragment any(ChangeKind kind) {
    return SqlFragment.of("SELECT CASE WHEN EXISTS (SELECT 1")
        .then(found(kind))
        .then(") THEN 1 ELSE 0 END");
  }

  /** The step that puts them back. */
  RestoreRows step(ChangeKind kind, TouchedTable target) {
    List<String> select = new ArrayList<>();
    if (target.key().isEmpty()) {
      select.add("cairn_k1");
    }
    target.before().forEach(column -> select.add(left(column)));
    target.after().forEach(column -> select.add(was(column)));
    SqlFragment query =
        SqlFragment.of("SELECT " + String.join(", ", select))
            .then(found(kind))
            .then(once ? " ORDER BY cairn_seq" : "");
    return new RestoreRows(kind, target, query, Optional.empty());
  }

  /** What the run left in a column; where it wrote none, what was there. */
  private String left(String column) {
    int key = rows.key().indexOf(column);
    if (key >= 0) {
      return "cairn_k" + (key + 1);
    }
    return dialect.quote((rows.after().contains(column) ? "cairn_a_" : "cairn_b_") + column);
  }

  private String was(String column) {
    int key = rows.key().indexOf(column);
    return key >= 0 ? "cairn_k" + (key + 1) : dialect.quote("cairn_b_" + column);
  }

  private SqlFragment found(ChangeKind kind) {
    SqlFragment from = SqlFragment.of(" FROM (").then(net()).then(") AS net WHERE ");
    return switch (kind) {
      case INSERT -> from.then("cairn_before = 1 AND cairn_after = 0");
      case DELETE -> from.then("cairn_before = 0 AND cairn_after = 1");
      case UPDATE -> from.then("cairn_before = 1 AND cairn_after = 1 AND (" + differs() + ")");
    };
  }

  private String differs() {
    List<String> differs = new ArrayList<>();
    for (String column : rows.after()) {
      if (rows.before().contains(column)) {
        differs.add("NOT " + dialect.same(was(column), left(column)));
      }
    }
    return differs.isEmpty() ? "FALSE" : String.join(" OR ", differs);
  }

  /** Each row once: its key, whether it was there and is, its values before and after. */
  private SqlFragment net() {
    return once ? rows.netOnce(dialect) : rows.net(dialect);
  }
}
