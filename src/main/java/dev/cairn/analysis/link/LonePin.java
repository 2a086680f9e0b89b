package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.Expr;
import java.util.List;

/**
 * A constant on a later column of a key, while nothing is said of the leading one.
 *
 * @param relation the table's use
 * @param column the column that is pinned
 * @param key the key that it is a part of
 * @param at the comparison
 */
record LonePin(Relation relation, String column, List<String> key, Expr at) {

  String identity() {
    return relation.title() + "." + column + at.span();
  }

  String leading() {
    return key.get(0);
  }
}
