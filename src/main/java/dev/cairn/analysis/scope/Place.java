package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Query;
import java.util.Optional;

/**
 * Where a block stands.
 *
 * @param outer where names are looked up that aren't found in it
 * @param holder the block whose text holds it
 * @param usage what it is asked for
 * @param query the query that it is part of
 * @param common the common tables in sight
 * @param written whether it stands in the statement's own text
 * @param copy whether the text has been used before
 */
record Place(
    Optional<Block> outer,
    Optional<Block> holder,
    Usage usage,
    Optional<Query> query,
    CommonTables common,
    boolean written,
    boolean copy) {

  Place inside(Query inner, CommonTables tables) {
    return new Place(outer, holder, usage, Optional.of(inner), tables, written, copy);
  }
}
