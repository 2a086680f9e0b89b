package dev.cairn.analysis.scope;

import dev.cairn.catalog.Catalog;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.List;
import java.util.Optional;

/** Finds out what every name of a statement means. */
public final class Resolver {

  /** More uses of queries than any person writes; what lies beyond stays unknown. */
  private static final int BLOCKS = 400;

  private final Resolution resolution;
  private final Flavour flavour;
  private final Relations relations;
  private final Names names;
  private int blocks;

  private Resolver(Statement statement, Catalog catalog, Flavour flavour, Views views) {
    this.resolution = new Resolution(statement);
    this.flavour = flavour;
    this.names = new Names(this, resolution, flavour);
    this.relations = new Relations(this, resolution, catalog, flavour, views, names);
  }

  /** Returns what every name of the statement means. */
  public static Resolution resolve(
      Statement statement, Catalog catalog, Flavour flavour, Views views) {
    Resolver resolver = new Resolver(statement, catalog, flavour, views);
    resolver.read(statement, resolver.top(Usage.STATEMENT));
    return resolver.resolution;
  }

  private Place top(Usage usage) {
    return new Place(
        Optional.empty(),
        Optional.empty(),
        usage,
        Optional.empty(),
        CommonTables.NONE,
        true,
        false);
  }

  private void read(Statement statement, Place place) {
    if (statement instanceof Query query) {
      query(query, place);
    } else if (statement instanceof Explain explain) {
      read(explain.statement(), place);
    } else if (statement instanceof Ddl.CreateView view) {
      query(view.query(), top(Usage.DEFINITION));
    } else if (statement instanceof Ddl.CreateTable table) {
      table.as().ifPresent(as -> query(as, top(Usage.DEFINITION)));
    } else if (statement instanceof Ddl.CreateTrigger trigger) {
      trigger(trigger);
    } else {
      change(statement, place);
    }
  }

  /** Reads a statement that changes rows; empty for any other. */
  Optional<Block> change(Statement statement, Place place) {
    if (statement instanceof Update update) {
      return Optional.of(update(update, place));
    }
    if (statement instanceof Delete delete) {
      return Optional.of(delete(delete, place));
    }
    if (statement instanceof Insert insert) {
      return Optional.of(insert(insert, place));
    }
    if (statement instanceof Merge merge) {
      return Optional.of(merge(merge, place));
    }
    return Optional.empty();
  }

  private Block update(Update update, Place place) {
    CommonTables common = with(update.with(), place);
    Block block = statementBlock(update, place, common);
    relations.target(update.target(), block);
    update.from().ifPresent(from -> relations.from(from, block, common));
    assignments(update.assignments(), block, common);
    update.where().ifPresent(where -> names.read(where, block, common));
    returning(update.returning(), block, common);
    unread(update.with(), common);
    return block;
  }

  private Block delete(Delete delete, Place place) {
    CommonTables common = with(delete.with(), place);
    Block block = statementBlock(delete, place, common);
    relations.target(delete.target(), block);
    delete.using().ifPresent(using -> relations.from(using, block, common));
    delete.where().ifPresent(where -> names.read(where, block, common));
    returning(delete.returning(), block, common);
    unread(delete.with(), common);
    return block;
  }

  private Block insert(Insert insert, Place place) {
    CommonTables common = with(insert.with(), place);
    Block block = statementBlock(insert, place, common);
    Relation target = relations.target(insert.target(), block);
    insert
        .source()
        .ifPresent(
            source ->
                block.add(
                    query(
                        source,
                        new Place(
                            place.outer(),
                            Optional.of(block),
                            Usage.INSERT_SOURCE,
                            Optional.empty(),
                            common,
                            place.written(),
                            place.copy()))));
    if (!insert.onConflict().isEmpty()) {
      relations.excluded(target, block);
    }
    for (Insert.OnConflict conflict : insert.onConflict()) {
      conflict.target().forEach(each -> names.read(each, block, common));
      conflict.targetWhere().ifPresent(each -> names.read(each, block, common));
      assignments(conflict.assignments(), block, common);
      conflict.where().ifPresent(each -> names.read(each, block, common));
    }
    returning(insert.returning(), block, common);
    unread(insert.with(), common);
    return block;
  }

  private Block merge(Merge merge, Place place) {
    CommonTables common = with(merge.with(), place);
    Block block = statementBlock(merge, place, common);
    relations.target(merge.target(), block);
    relations.from(merge.source(), block, common);
    names.read(merge.on(), block, common);
    for (Merge.When when : merge.whens()) {
      when.condition().ifPresent(each -> names.read(each, block, common));
      when.values().forEach(each -> names.read(each, block, common));
      assignments(when.assignments(), block, common);
    }
    returning(merge.returning(), block, common);
    unread(merge.with(), common);
    return block;
  }

  private void trigger(Ddl.CreateTrigger trigger) {
    Block rows =
        new Block(
            blocks++, top(Usage.DEFINITION), Optional.empty(), Optional.<Statement>of(trigger));
    resolution.add(rows);
    relations.triggerRows(trigger, rows);
    trigger.when().ifPresent(when -> names.read(when, rows, CommonTables.NONE));
    Place place =
        new Place(
            Optional.of(rows),
            Optional.of(rows),
            Usage.DEFINITION,
            Optional.empty(),
            CommonTables.NONE,
            true,
            false);
    trigger.body().forEach(statement -> read(statement, place));
  }

  private Block statementBlock(Statement statement, Place place, CommonTables common) {
    Place here =
        new Place(
            place.outer(),
            place.holder(),
            place.usage(),
            Optional.empty(),
            common,
            place.written(),
            place.copy());
    Block block = new Block(blocks++, here, Optional.empty(), Optional.of(statement));
    resolution.add(block);
    return block;
  }

  private void assignments(List<Assignment> assignments, Block block, CommonTables common) {
    assignments.forEach(each -> names.read(each.value(), block, common));
  }

  private void returning(List<Query.SelectItem> items, Block block, CommonTables common) {
    items.forEach(item -> names.read(item.expr(), block, common));
    Outputs.of(items, block);
  }

  /** Reads a query and returns its use. */
  QueryScope query(Query query, Place place) {
    QueryScope scope = new QueryScope(query, place.usage());
    if (blocks >= BLOCKS && place.copy()) {
      resolution.markCut();
    } else {
      CommonTables common = with(query.with(), place);
      Place inside = place.inside(query, common);
      body(query.body(), inside, scope);
      clauses(query, scope, common);
      unread(query.with(), common);
    }
    return scope;
  }

  private void body(Query.Body body, Place place, QueryScope scope) {
    if (body instanceof Query.SetOperation operation) {
      body(operation.left(), place, scope);
      body(operation.right(), place, scope);
    } else if (body instanceof Query.Nested nested) {
      CommonTables common = with(nested.query().with(), place);
      body(nested.query().body(), place.inside(nested.query(), common), scope);
      clauses(nested.query(), scope, common);
      unread(nested.query().with(), common);
    } else {
      scope.add(block(body, place));
    }
  }

  private Block block(Query.Body body, Place place) {
    Block block = new Block(blocks++, place, Optional.of(body), Optional.empty());
    resolution.add(block);
    CommonTables common = place.common();
    if (body instanceof Query.Select select) {
      select.from().ifPresent(from -> relations.from(from, block, common));
      Outputs.of(select.items(), block);
      select.items().forEach(item -> names.read(item.expr(), block, common));
      select.distinctOn().forEach(each -> names.read(each, block, common));
      select.where().ifPresent(each -> names.read(each, block, common));
      select.groupBy().forEach(each -> names.readWithAliases(each, block, common));
      select.having().ifPresent(each -> names.read(each, block, common));
    } else if (body instanceof Query.Values values) {
      Outputs.of(values, block);
      values.rows().forEach(row -> row.forEach(each -> names.read(each, block, common)));
    }
    return block;
  }

  private void clauses(Query query, QueryScope scope, CommonTables common) {
    if (scope.blocks().isEmpty()) {
      return;
    }
    Block first = scope.blocks().get(0);
    query.orderBy().forEach(item -> names.readOrder(item.expr(), first, common));
    query.limit().ifPresent(each -> names.read(each, first, common));
    query.offset().ifPresent(each -> names.read(each, first, common));
  }

  private CommonTables with(Optional<With> with, Place place) {
    if (with.isEmpty()) {
      return place.common();
    }
    CommonTables common = new CommonTables(Optional.of(place.common()), Optional.of(place));
    boolean recursive = with.get().recursive() || flavour == Flavour.SQLITE;
    with.get().ctes().forEach(cte -> common.add(cte, recursive));
    for (CommonTables.Common each : common.inOrder()) {
      if (!(each.cte.body() instanceof Query)) {
        each.change = change(each.cte.body(), common.place(each, Usage.COMMON));
        each.used = true;
      }
    }
    return common;
  }

  /** A common table that nobody reads is still read for its faults. */
  private void unread(Optional<With> with, CommonTables common) {
    if (with.isEmpty()) {
      return;
    }
    for (CommonTables.Common each : common.inOrder()) {
      if (!each.used && each.cte.body() instanceof Query query) {
        Place place = common.place(each, Usage.COMMON);
        each.used = true;
        each.beingRead = true;
        query(query, place);
        each.beingRead = false;
      }
    }
  }
}
