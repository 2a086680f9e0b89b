package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Key;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Counts rows of the query that share their key: only one of them can be written. Under {@code
 * keep} that is said before; under {@code replace}, where each would overwrite the other, it is
 * refused.
 */
final class KeyUniqueness {
  private static final Pattern SCALED = Pattern.compile("(\\w+) \\* ([1-9][0-9]{0,8})");

  private final ReadView view;
  private final MigrateRows step;
  private final MigrationQuery query;
  private final Dialect dialect;

  KeyUniqueness(ReadView view, MigrateRows step, MigrationQuery query, Dialect dialect) {
    this.view = view;
    this.step = step;
    this.query = query;
    this.dialect = dialect;
  }

  void check(KeyRange all, Lane lane, List<Finding> findings) {
    if (step.aggregates() || followsFromTheSource(lane)) {
      return;
    }
    List<Object> counts = view.row(givenByEntries() ? ofRows(all) : ofSource(all));
    long sharing = ((Number) counts.get(0)).longValue() - ((Number) counts.get(1)).longValue();
    if (sharing > 0) {
      boolean keeps = step.onConflict() == ConflictPolicy.KEEP;
      findings.add(
          Finding.of(
              "duplicate-key",
              keeps ? Severity.WARNING : Severity.ERROR,
              "lane %s: %,d %s share their key (%s) with another; only one of each can be written"
                  .formatted(
                      lane.label(),
                      sharing,
                      givenByEntries() ? "rows" : "source rows",
                      String.join(", ", step.key()))));
    }
  }

  private boolean givenByEntries() {
    return step.fanOut().stream()
        .flatMap(fanOut -> fanOut.variants().values().stream())
        .flatMap(rows -> rows.values().stream())
        .anyMatch(columns -> step.key().stream().anyMatch(columns::containsKey));
  }

  /** Whether the key names, column by column, a unique key of the source. */
  private boolean followsFromTheSource(Lane lane) {
    List<String> plain = new ArrayList<>();
    step.lane().ifPresent(plain::add);
    for (String key : step.key()) {
      if (step.columns().containsKey(key)) {
        plain.add(column(step.columns().get(key).value().sql().strip(), lane));
      }
    }
    List<String> names = plain.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return !givenByEntries()
        && step.source().keys().stream()
            .map(Key::columns)
            .anyMatch(
                key -> key.stream().map(c -> c.toLowerCase(Locale.ROOT)).allMatch(names::contains));
  }

  /** The column behind an expression that gives each of its values another result. */
  private static String column(String expression, Lane lane) {
    Matcher scaled = SCALED.matcher(expression);
    if (!scaled.matches() || !(lane.from() instanceof Long) || !(lane.bound() instanceof Long)) {
      return expression;
    }
    long largest = Math.max(Math.abs((Long) lane.from()), Math.abs((Long) lane.bound()));
    boolean exact = largest < (1L << 53) / Long.parseLong(scaled.group(2));
    return exact ? scaled.group(1) : expression;
  }

  private SqlFragment ofSource(KeyRange all) {
    List<String> parts = new ArrayList<>();
    for (String key : step.key()) {
      boolean fanned = step.fanOut().isPresent() && step.fanOut().get().column().sql().equals(key);
      if (!fanned) {
        parts.add(query.expression(key));
      }
    }
    String distinct = parts.isEmpty() ? "1" : String.join(", ", parts);
    return SqlFragment.of("SELECT (")
        .then(query.sourceRows(all))
        .then("), (SELECT count(*) FROM (SELECT DISTINCT " + distinct)
        .then(query.fromSource(all))
        .then(") AS keys)");
  }

  private SqlFragment ofRows(KeyRange all) {
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    return SqlFragment.of("SELECT (")
        .then(query.count(all))
        .then("), (SELECT count(*) FROM (SELECT DISTINCT " + keys + " FROM (")
        .then(query.rows(all))
        .then(") AS q) AS keys)");
  }
}
