package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** What every name of one statement means. */
public final class Resolution {
  private final Statement statement;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Relation> relations = new ArrayList<>();
  private final List<Expr.ColumnRef> unresolved = new ArrayList<>();
  private final IdentityHashMap<Expr.ColumnRef, ResolvedColumn> columns = new IdentityHashMap<>();
  private final IdentityHashMap<From, Relation> byNode = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Block> byPart = new IdentityHashMap<>();

  private boolean cut;

  Resolution(Statement statement) {
    this.statement = statement;
  }

  void add(Block block) {
    blocks.add(block);
    if (!block.copy()) {
      block.body().ifPresent(body -> byPart.put(body, block));
      block.statement().ifPresent(part -> byPart.put(part, block));
    }
  }

  void add(Relation relation) {
    relations.add(relation);
    relation.node().ifPresent(node -> byNode.putIfAbsent(node, relation));
  }

  void add(ResolvedColumn column) {
    columns.putIfAbsent(column.ref(), column);
  }

  void addUnresolved(Expr.ColumnRef ref) {
    unresolved.add(ref);
  }

  void markCut() {
    cut = true;
  }

  /**
   * Whether common tables are used so often, by way of each other, that not every use was followed.
   */
  public boolean cut() {
    return cut;
  }

  /** The statement that was read. */
  public Statement statement() {
    return statement;
  }

  /** Every block, an outer one before those in it, copies and those of views included. */
  public List<Block> blocks() {
    return Collections.unmodifiableList(blocks);
  }

  /** The blocks that stand in the statement's own text, each once. */
  public List<Block> written() {
    return blocks.stream().filter(block -> block.written() && !block.copy()).toList();
  }

  /** Every use of a table, those within views and in copies included. */
  public List<Relation> relations() {
    return Collections.unmodifiableList(relations);
  }

  /** The use of a table that a FROM's node makes; for a repeated text its first one. */
  public Optional<Relation> relation(From node) {
    return Optional.ofNullable(byNode.get(node));
  }

  /** The block of a SELECT, a VALUES or a statement; for a repeated text its first one. */
  public Optional<Block> block(Query.Body body) {
    return Optional.ofNullable(byPart.get(body));
  }

  /** The block of an UPDATE, DELETE, INSERT or MERGE. */
  public Optional<Block> block(Statement part) {
    return Optional.ofNullable(byPart.get(part));
  }

  /** What a name means; for a repeated text at its first use. */
  public Optional<ResolvedColumn> column(Expr.ColumnRef ref) {
    return Optional.ofNullable(columns.get(ref));
  }

  /** All names that are found. */
  public Collection<ResolvedColumn> columns() {
    return Collections.unmodifiableCollection(columns.values());
  }

  /**
   * The names that nothing is found for; what SQLite takes for a text in quotes isn't among them.
   */
  public List<Expr.ColumnRef> unresolved() {
    return Collections.unmodifiableList(unresolved);
  }
}
