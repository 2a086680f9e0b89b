package dev.cairn.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How one source row becomes several target rows.
 *
 * @param column the target column that tells them apart
 * @param lookup where that column's values are found; without it an entry's name is the value
 * @param choice which variant a lane takes; without it there is one variant, named ""
 * @param variants variant to entry name to target column to expression
 */
public record FanOutSpec(
    SqlText column,
    Optional<LookupSpec> lookup,
    Optional<ChoiceSpec> choice,
    Map<String, Map<String, Map<String, ColumnSpec>>> variants) {

  public FanOutSpec {
    variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
  }

  /**
   * A table that gives each entry its value.
   *
   * @param table the table
   * @param match its column to the source column that it equals
   * @param name the column that holds the entry's name
   * @param value the column that holds the value
   */
  public record LookupSpec(
      SqlText table, Map<String, SqlText> match, SqlText name, SqlText value) {}

  /**
   * A table that says which variant a lane takes.
   *
   * @param table the table
   * @param match its column to the source column that it equals
   * @param column the column that holds the variant's name
   */
  public record ChoiceSpec(SqlText table, Map<String, SqlText> match, SqlText column) {}
}
