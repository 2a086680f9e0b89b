package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Origin;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Usage;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks through a statement and gathers what holds in each of its contexts. A context is handed
 * over once all that holds in it is known, and before the contexts inside it.
 */
final class Contexts {

  /** More contexts than any person writes. */
  private static final int MOST = 4_000;

  private final Resolution resolution;
  private final Sides sides;
  private final Consumer<Facts> reader;
  private final Conditions conditions;
  private Deque<Runnable> later = new ArrayDeque<>();
  private int contexts;

  Contexts(Resolution resolution, Sides sides, Consumer<Facts> reader) {
    this.resolution = resolution;
    this.sides = sides;
    this.reader = reader;
    this.conditions = new Conditions(this, sides);
  }

  void read() {
    Set<Usage> roots = Set.of(Usage.STATEMENT, Usage.COMMON, Usage.DEFINITION);
    for (Block block : resolution.blocks()) {
      boolean trigger = block.statement().filter(Ddl.class::isInstance).isPresent();
      if (roots.contains(block.usage()) && !trigger) {
        context(new Facts(), facts -> gather(block, facts));
      }
    }
  }

  /** Opens a context; what stands inside it comes later, when all of it is known. */
  void context(Facts facts, Consumer<Facts> gatherer) {
    if (contexts++ > MOST) {
      return;
    }
    Deque<Runnable> around = later;
    later = new ArrayDeque<>();
    gatherer.accept(facts);
    Deque<Runnable> within = later;
    later = around;
    reader.accept(facts);
    within.forEach(Runnable::run);
  }

  /** Has a context inside {@code facts} opened once all of those are known. */
  void inside(Facts facts, Consumer<Facts> gatherer) {
    later.add(() -> context(new Facts(facts), gatherer));
  }

  /** All that holds for the rows of one block. */
  void gather(Block block, Facts facts) {
    for (Relation relation : block.relations()) {
      sides.branch(relation).ifPresent(branch -> gather(branch, facts));
    }
    block.select().ifPresent(select -> select(select, block, facts));
    if (block.body().isPresent() && block.body().get() instanceof Query.Values values) {
      values.rows().forEach(row -> row.forEach(each -> conditions.explore(each, facts, block)));
    }
    block.statement().ifPresent(statement -> statement(statement, block, facts));
    block.query().ifPresent(query -> clauses(query, block, facts));
  }

  private void select(Query.Select select, Block block, Facts facts) {
    select.from().ifPresent(from -> from(from, block, facts));
    select.where().ifPresent(where -> conditions.holds(where, facts, block, Optional.empty()));
    select.having().ifPresent(having -> conditions.holds(having, facts, block, Optional.empty()));
    select.items().forEach(item -> conditions.explore(item.expr(), facts, block));
    select.groupBy().forEach(each -> conditions.explore(each, facts, block));
    select.distinctOn().forEach(each -> conditions.explore(each, facts, block));
  }

  /** ORDER BY and LIMIT of a query are looked up in its first block. */
  private void clauses(Query query, Block block, Facts facts) {
    query.orderBy().forEach(item -> conditions.explore(item.expr(), facts, block));
    query.limit().ifPresent(each -> conditions.explore(each, facts, block));
  }

  private void statement(Statement statement, Block block, Facts facts) {
    if (statement instanceof Update update) {
      update.from().ifPresent(from -> from(from, block, facts));
      update.where().ifPresent(each -> conditions.holds(each, facts, block, Optional.empty()));
      update.assignments().forEach(each -> conditions.explore(each.value(), facts, block));
      items(update.returning(), block, facts);
    } else if (statement instanceof Delete delete) {
      delete.using().ifPresent(using -> from(using, block, facts));
      delete.where().ifPresent(each -> conditions.holds(each, facts, block, Optional.empty()));
      items(delete.returning(), block, facts);
    } else if (statement instanceof Insert insert) {
      insert(insert, block, facts);
    } else if (statement instanceof Merge merge) {
      merge(merge, block, facts);
    }
  }

  private void items(List<Query.SelectItem> items, Block block, Facts facts) {
    items.forEach(item -> conditions.explore(item.expr(), facts, block));
  }

  private void insert(Insert insert, Block block, Facts facts) {
    Relation target = block.relations().get(0);
    insert
        .source()
        .flatMap(block::query)
        .ifPresent(source -> source.blocks().forEach(each -> rows(insert, target, each, facts)));
    for (Insert.OnConflict conflict : insert.onConflict()) {
      inside(facts, here -> conflict(conflict, target, block, here));
    }
    items(insert.returning(), block, facts);
  }

  private void rows(Insert insert, Relation target, Block source, Facts facts) {
    inside(
        facts,
        here -> {
          if (source.select().isPresent()) {
            List<String> columns =
                insert.columns().isEmpty()
                    ? target.columns()
                    : insert.columns().stream().map(Name::text).toList();
            for (int i = 0; i < columns.size() && i < source.outputs().size(); i++) {
              written(target, columns.get(i), source.outputs().get(i), source, here);
            }
          }
          gather(source, here);
        });
  }

  private void written(Relation target, String column, Output output, Block source, Facts facts) {
    Node node = Node.of(target, column);
    Side left =
        new Side(
            target.block(),
            Optional.empty(),
            Optional.of(node),
            Optional.of(node),
            Origin.Strength.PLAIN,
            Optional.empty());
    Side right = sides.of(output, source);
    link(left, right, Edge.Form.INSERT, source, output.span(), facts);
  }

  private void link(Side left, Side right, Edge.Form form, Block block, Span at, Facts facts) {
    conditions.link(
        new Edge(
            left,
            right,
            form,
            block,
            at,
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty()),
        facts);
  }

  private void conflict(Insert.OnConflict conflict, Relation target, Block block, Facts facts) {
    block
        .labelled("excluded")
        .ifPresent(
            excluded ->
                conflict.target().stream()
                    .filter(Expr.ColumnRef.class::isInstance)
                    .map(each -> ((Expr.ColumnRef) each).column().text())
                    .forEach(name -> facts.unite(Node.of(target, name), Node.of(excluded, name))));
    conflict.assignments().forEach(each -> conditions.explore(each.value(), facts, block));
    conflict.where().ifPresent(each -> conditions.holds(each, facts, block, Optional.empty()));
  }

  private void merge(Merge merge, Block block, Facts facts) {
    from(merge.source(), block, facts);
    conditions.holds(merge.on(), facts, block, Optional.empty());
    for (Merge.When when : merge.whens()) {
      inside(
          facts,
          here -> {
            when.condition()
                .ifPresent(each -> conditions.holds(each, here, block, Optional.empty()));
            when.values().forEach(each -> conditions.explore(each, here, block));
            when.assignments().forEach(each -> conditions.explore(each.value(), here, block));
          });
    }
  }

  private void from(From from, Block block, Facts facts) {
    if (from instanceof From.Join join) {
      from(join.left(), block, facts);
      from(join.right(), block, facts);
      join.on().ifPresent(on -> conditions.holds(on, facts, block, Optional.of(join)));
      new SharedColumns(block).of(join, sides).forEach(edge -> conditions.link(edge, facts));
    } else if (from instanceof From.FunctionTable function) {
      conditions.explore(function.call(), facts, block);
    }
  }

  /** One branch of a subquery, with what links it to the outside. */
  void branches(QueryScope query, Facts facts, Consumer<BranchFacts> linker) {
    for (Block branch : query.blocks()) {
      inside(
          facts,
          here -> {
            linker.accept(new BranchFacts(branch, here));
            gather(branch, here);
          });
    }
  }

  /** A branch of a subquery and the context that it is read in. */
  record BranchFacts(Block branch, Facts facts) {}
}
