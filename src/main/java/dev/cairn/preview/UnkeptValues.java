package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values of a snapshot that a column, declared otherwise since, would refuse or turn into others.
 * Reads only.
 */
public final class UnkeptValues {
  private final ReadView view;
  private final Dialect dialect;
  private final RestoreRows step;

  private UnkeptValues(ReadView view, Dialect dialect, RestoreRows step) {
    this.view = view;
    this.dialect = dialect;
    this.step = step;
  }

  /**
   * An error for each column that can't keep what is put back.
   *
   * @param unlike the columns declared otherwise, each with how
   */
  public static List<Finding> find(
      ReadView view, Dialect dialect, List<RestoreRows> steps, Map<String, String> unlike) {
    List<Finding> findings = new ArrayList<>();
    for (RestoreRows step : steps) {
      for (Map.Entry<String, String> each : unlike.entrySet()) {
        if (step.target().after().contains(each.getKey())) {
          new UnkeptValues(view, dialect, step).find(each.getKey(), each.getValue(), findings);
        }
      }
    }
    return findings;
  }

  private void find(String name, String how, List<Finding> findings) {
    Column column = step.target().table().column(name).orElseThrow();
    String value = dialect.quote(TouchedTable.written(name));
    String keeps = dialect.keeps(column, step.target().table(), value);
    String condition =
        " WHERE NOT (" + keeps + ")" + (column.notNull() ? " OR " + value + " IS NULL" : "");
    SqlFragment rows =
        SqlFragment.of(" FROM (")
            .then(new RestoreQuery(step, dialect).images())
            .then(") AS cairn_x");
    long count = view.number(SqlFragment.of("SELECT count(*)").then(rows).then(condition));
    if (count > 0) {
      Object one =
          view.exactRows(SqlFragment.of("SELECT " + value).then(rows).then(condition + " LIMIT 1"))
              .get(0)
              .get(0);
      findings.add(
          Finding.of(
              "restore-type",
              Severity.ERROR,
              "%,d values of %s can't be put back as they were: %s (one is %s); name other columns with `columns (...)`"
                  .formatted(count, name, how, dialect.literal(one))));
    }
  }
}
