package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import java.util.Locale;

/** A column of one relation, by its declared name in lower case. */
record Node(Relation relation, String column) {

  static Node of(Relation relation, String column) {
    return new Node(relation, relation.declared(column).toLowerCase(Locale.ROOT));
  }
}
