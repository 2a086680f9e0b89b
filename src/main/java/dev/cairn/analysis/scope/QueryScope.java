package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;

/** One use of a query: its SELECTs and VALUES, each a block, whatever UNION puts them together. */
public final class QueryScope {
  private final Query query;
  private final Usage usage;
  private final List<Block> blocks = new ArrayList<>();

  QueryScope(Query query, Usage usage) {
    this.query = query;
    this.usage = usage;
  }

  void add(Block block) {
    blocks.add(block);
  }

  /** The query in the tree. */
  public Query query() {
    return query;
  }

  /** What it is asked for. */
  public Usage usage() {
    return usage;
  }

  /** Its branches from left to right; one where nothing is put together. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** The columns that it yields, as the first branch names them. */
  public List<Output> outputs() {
    return blocks.isEmpty() ? List.of() : blocks.get(0).outputs();
  }

  /** Whether it may yield columns that nobody knows here. */
  public boolean open() {
    return blocks.isEmpty() || blocks.stream().anyMatch(Block::open);
  }
}
