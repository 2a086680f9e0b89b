package dev.cairn.plan.scope;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.plan.scope.ChangedRows.Kind;
import dev.cairn.plan.scope.ChangedRows.Parts;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds which rows a statement would touch, part by part. Pure. */
public final class Scopes {
  private final StatementText text;
  private final Catalog catalog;
  private final Dialect dialect;
  private final List<StatementScope> scopes = new ArrayList<>();

  private Scopes(String text, Catalog catalog, Dialect dialect) {
    this.text = new StatementText(text, dialect);
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /**
   * The scopes of a statement's parts in the order in which they run; empty where it writes no
   * rows. Never fails: what can't be asked for is {@link UnknownRows}.
   *
   * @param text the statement as it was written, without its semicolon
   */
  public static List<StatementScope> of(
      String text, Statement statement, Catalog catalog, Dialect dialect) {
    Scopes scopes = new Scopes(text, catalog, dialect);
    scopes.add(statement, Optional.empty());
    return List.copyOf(scopes.scopes);
  }

  private void add(Statement statement, Optional<With> outer) {
    if (statement instanceof Update update) {
      addWritingCtes(update.with());
      add(update.target(), table -> changed(update, table, first(update.with(), outer)));
    } else if (statement instanceof Delete delete) {
      addWritingCtes(delete.with());
      add(delete.target(), table -> changed(delete, table, first(delete.with(), outer)));
    } else if (statement instanceof Insert insert) {
      addWritingCtes(insert.with());
      add(insert.target(), table -> InsertScope.of(insert, table, text));
    } else if (statement instanceof Query query) {
      addWritingCtes(query.with());
    } else if (statement instanceof Explain explain && explain.executes()) {
      add(explain.statement(), outer);
    } else if (statement instanceof Merge merge) {
      scopes.add(
          new UnknownRows(merge.target().name().text(), "the rows of a MERGE aren't counted"));
    } else if (statement instanceof Ddl.Truncate truncate) {
      truncate.paths().forEach(this::addWhole);
    } else if (statement instanceof Opaque opaque) {
      scopes.add(new UnknownRows("", "the statement is not understood: " + opaque.reason()));
    }
  }

  private void addWritingCtes(Optional<With> with) {
    for (With.Cte cte : with.map(With::ctes).orElse(List.of())) {
      if (!(cte.body() instanceof Query)) {
        // It may name the CTEs in front of it, but what it hands back isn't known before it runs.
        add(cte.body(), Optional.empty());
      }
    }
  }

  private static Optional<With> first(Optional<With> own, Optional<With> outer) {
    return own.isPresent() ? own : outer;
  }

  private void add(From.TableRef target, Function<Table, StatementScope> make) {
    String name = target.name().text();
    Optional<Table> table = catalog.table(name);
    if (table.isEmpty()) {
      scopes.add(new UnknownRows(name, "there is no table '" + name + "'"));
      return;
    }
    if (target.forKey()) {
      scopes.add(new UnknownRows(table.get().name(), "FOR KEY stands for its whole key first"));
      return;
    }
    try {
      scopes.add(make.apply(table.get()));
    } catch (IllegalArgumentException unusual) {
      scopes.add(new UnknownRows(table.get().name(), unusual.getMessage()));
    }
  }

  private void addWhole(List<Name> path) {
    String name = path.get(path.size() - 1).text();
    Optional<Table> table = catalog.table(name);
    if (table.isEmpty()) {
      scopes.add(new UnknownRows(name, "there is no table '" + name + "'"));
      return;
    }
    String quoted = dialect.quote(table.get().name());
    Parts parts = new Parts("", quoted, "", quoted, false);
    scopes.add(new ChangedRows(Kind.DELETE, table.get(), parts, List.of(), dialect));
  }

  private StatementScope changed(Update update, Table table, Optional<With> with) {
    if (update.forKey().isPresent()) {
      throw new IllegalArgumentException("FOR KEY stands for its whole key first");
    }
    Parts parts = parts(update.target(), update.from(), update.where(), with);
    return checked(
        new ChangedRows(
            Kind.UPDATE, table, parts, NewValues.of(update.assignments(), text, table), dialect));
  }

  private StatementScope changed(Delete delete, Table table, Optional<With> with) {
    if (delete.forKey().isPresent()) {
      throw new IllegalArgumentException("FOR KEY stands for its whole key first");
    }
    Parts parts = parts(delete.target(), delete.using(), delete.where(), with);
    return checked(new ChangedRows(Kind.DELETE, table, parts, List.of(), dialect));
  }

  private static ChangedRows checked(ChangedRows rows) {
    if (rows.joined() && rows.key().isEmpty()) {
      throw new IllegalArgumentException("rows without a key can't be counted once each");
    }
    return rows;
  }

  private Parts parts(
      From.TableRef target, Optional<From> more, Optional<Expr> where, Optional<With> with) {
    if (writes(with)) {
      throw new IllegalArgumentException(
          "its rows depend on what another part of the same statement changes");
    }
    // Behind the others, so that an outer join among them stays theirs alone.
    String from =
        more.map(items -> text.of(items.span()) + ", ").orElse("") + text.target(target, with);
    return new Parts(
        text.of(with),
        from,
        where.map(condition -> text.of(condition.span())).orElse(""),
        text.of(target.label()),
        more.isPresent());
  }

  private static boolean writes(Optional<With> with) {
    return with.stream()
        .flatMap(clause -> clause.ctes().stream())
        .anyMatch(cte -> !(cte.body() instanceof Query));
  }
}
