package dev.cairn.analysis.cascade;

import java.util.Optional;

/**
 * The rows that a statement deletes or changes itself, as SQL in the statement's own words.
 *
 * @param ctes the statement's common table expressions, without the word WITH, or empty
 * @param recursive whether they are recursive
 * @param from what stands behind FROM
 * @param label the target's name in it, quoted
 * @param where the condition, empty for every row
 * @param tail ORDER BY and LIMIT with a space in front, or empty
 * @param repeats whether a row of the target may come more than once
 */
record StartRows(
    String ctes,
    boolean recursive,
    String from,
    String label,
    Optional<String> where,
    String tail,
    boolean repeats) {

  /** The query of these columns of the target. */
  String select(String columns) {
    return (repeats ? "SELECT DISTINCT " : "SELECT ")
        + columns
        + " FROM "
        + from
        + where.map(condition -> " WHERE " + condition).orElse("")
        + tail;
  }
}
