package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One place where names are looked up: a SELECT, a VALUES, or an UPDATE, DELETE, INSERT or MERGE
 * with its target. A copy of a block belongs to a further use of the same text.
 */
public final class Block {
  private final int id;
  private final Optional<Block> outer;
  private final Optional<Block> holder;
  private final Usage usage;
  private final Optional<Query> query;
  private final Optional<Query.Body> body;
  private final Optional<Statement> statement;
  private final boolean written;
  private final boolean copy;
  private final List<Relation> relations = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final IdentityHashMap<Expr.ColumnRef, ResolvedColumn> columns = new IdentityHashMap<>();
  private final IdentityHashMap<Expr.ColumnRef, Output> aliases = new IdentityHashMap<>();
  private final IdentityHashMap<Query, QueryScope> queries = new IdentityHashMap<>();
  private boolean open;

  Block(int id, Place place, Optional<Query.Body> body, Optional<Statement> statement) {
    this.id = id;
    this.outer = place.outer();
    this.holder = place.holder();
    this.usage = place.usage();
    this.query = place.query();
    this.body = body;
    this.statement = statement;
    this.written = place.written();
    this.copy = place.copy();
  }

  void add(Relation relation) {
    relations.add(relation);
  }

  void add(Output output) {
    outputs.add(output);
  }

  void add(ResolvedColumn column) {
    columns.put(column.ref(), column);
  }

  void addAlias(Expr.ColumnRef ref, Output output) {
    aliases.put(ref, output);
  }

  void add(QueryScope scope) {
    queries.put(scope.query(), scope);
  }

  void markOpen() {
    open = true;
  }

  /** A number that tells it from all others of the statement. */
  public int id() {
    return id;
  }

  /** The block in which a name is looked up that isn't found here. */
  public Optional<Block> outer() {
    return outer;
  }

  /** The block in whose text it stands; a derived table can't see that block's names. */
  public Optional<Block> holder() {
    return holder;
  }

  /** What its query is asked for. */
  public Usage usage() {
    return usage;
  }

  /** The query around it, which may add ORDER BY and LIMIT. */
  public Optional<Query> query() {
    return query;
  }

  /** The SELECT, where it is one. */
  public Optional<Query.Select> select() {
    return body.filter(Query.Select.class::isInstance).map(Query.Select.class::cast);
  }

  /** The SELECT or VALUES, where it is one. */
  public Optional<Query.Body> body() {
    return body;
  }

  /** The UPDATE, DELETE, INSERT or MERGE, where it is one. */
  public Optional<Statement> statement() {
    return statement;
  }

  /** Whether it stands in the statement's own text; false within a view. */
  public boolean written() {
    return written;
  }

  /** Whether its text has been used before, so that its findings are known already. */
  public boolean copy() {
    return copy;
  }

  /** The uses of tables in its FROM, a target first; without those of its subqueries. */
  public List<Relation> relations() {
    return Collections.unmodifiableList(relations);
  }

  /** The columns that it yields. */
  public List<Output> outputs() {
    return Collections.unmodifiableList(outputs);
  }

  /** Whether it may yield columns that nobody knows here. */
  public boolean open() {
    return open;
  }

  /** What that name means here; empty where nothing is found. */
  public Optional<ResolvedColumn> column(Expr.ColumnRef ref) {
    return Optional.ofNullable(columns.get(ref));
  }

  /** The result column that a name means by its alias. */
  public Optional<Output> alias(Expr.ColumnRef ref) {
    return Optional.ofNullable(aliases.get(ref));
  }

  /** All names that are found, those of subqueries not among them. */
  public Collection<ResolvedColumn> columns() {
    return Collections.unmodifiableCollection(columns.values());
  }

  /** The use of a subquery that stands in it. */
  public Optional<QueryScope> query(Query subquery) {
    return Optional.ofNullable(queries.get(subquery));
  }

  /** The subqueries in its expressions; derived tables belong to their relations. */
  public Collection<QueryScope> queries() {
    return Collections.unmodifiableCollection(queries.values());
  }

  /** The relation of that label, which hides the same one further out. */
  public Optional<Relation> labelled(String label) {
    return relations.stream().filter(each -> each.label().equalsIgnoreCase(label)).findFirst();
  }

  /** Whether {@code other} is this block or stands somewhere in its text. */
  public boolean contains(Block other) {
    for (Optional<Block> at = Optional.of(other); at.isPresent(); at = at.get().holder) {
      if (at.get() == this) {
        return true;
      }
    }
    return false;
  }

  /** Where it stands. */
  public Span span() {
    return body.map(Query.Body::span)
        .or(() -> statement.map(Statement::span))
        .orElse(new Span(0, 0));
  }

  @Override
  public String toString() {
    return usage + "#" + id + relations;
  }
}
