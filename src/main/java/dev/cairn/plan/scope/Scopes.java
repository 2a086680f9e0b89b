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
import java.util.stream.Collectors;

/** Finds which rows a statement would touch, part by part. Pure. */
public final class Scopes {
  private static final String FOR_KEY = "FOR KEY is written out first";

  private final StatementText text;
  private final Catalog catalog;
  private final Dialect dialect;
  private final List<ScopedPart> scopes = new ArrayList<>();

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
  public static List<ScopedPart> of(
      String text, Statement statement, Catalog catalog, Dialect dialect) {
    Scopes scopes = new Scopes(text, catalog, dialect);
    scopes.add(statement, Optional.empty());
    return List.copyOf(scopes.scopes);
  }

  private void add(Statement statement, Optional<With> outer) {
    if (statement instanceof Update update) {
      addWritingCtes(update.with());
      add("UPDATE", update, update.target(), t -> changed(update, t, first(update.with(), outer)));
    } else if (statement instanceof Delete delete) {
      addWritingCtes(delete.with());
      add("DELETE", delete, delete.target(), t -> changed(delete, t, first(delete.with(), outer)));
    } else if (statement instanceof Insert insert) {
      addWritingCtes(insert.with());
      add(kind(insert), insert, insert.target(), table -> InsertScope.of(insert, table, text));
    } else if (statement instanceof Query query) {
      int before = scopes.size();
      addWritingCtes(query.with());
      if (scopes.size() == before) {
        scopes.add(new ScopedPart("SELECT", query, new ReadRows(text.of(query.span()))));
      }
    } else if (statement instanceof Explain explain && explain.executes()) {
      add(explain.statement(), outer);
    } else if (statement instanceof Merge merge) {
      String name = merge.target().name().text();
      unknown("MERGE", merge, name, "the rows of a MERGE aren't counted");
    } else if (statement instanceof Ddl.Truncate truncate) {
      truncate.paths().forEach(path -> addWhole("TRUNCATE", truncate, path));
    } else if (statement instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
      drop.paths().forEach(path -> addWhole("DROP", drop, path));
    } else if (statement instanceof Opaque opaque) {
      unknown("OPAQUE", opaque, "", "the statement is not understood: " + opaque.reason());
    }
  }

  private static String kind(Insert insert) {
    boolean updates = insert.onConflict().stream().anyMatch(clause -> !clause.doesNothing());
    return updates ? "UPSERT" : insert.orAction().equals("REPLACE") ? "REPLACE" : "INSERT";
  }

  private void unknown(String kind, Statement part, String table, String reason) {
    scopes.add(new ScopedPart(kind, part, new UnknownRows(table, reason)));
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

  private void add(
      String kind, Statement part, From.TableRef target, Function<Table, StatementScope> make) {
    String name = target.name().text();
    Optional<Table> table = catalog.table(name);
    if (table.isEmpty()) {
      unknown(kind, part, name, "there is no table '" + name + "'");
      return;
    }
    try {
      if (target.forKey()) {
        throw new IllegalArgumentException(FOR_KEY);
      }
      scopes.add(new ScopedPart(kind, part, make.apply(table.get())));
    } catch (IllegalArgumentException unusual) {
      unknown(kind, part, table.get().name(), unusual.getMessage());
    }
  }

  private void addWhole(String kind, Statement part, List<Name> path) {
    String name = path.get(path.size() - 1).text();
    Optional<Table> table = catalog.table(name);
    if (table.isEmpty()) {
      unknown(kind, part, name, "there is no table '" + name + "'");
      return;
    }
    String quoted = dialect.quote(table.get().name());
    Parts parts = new Parts("", quoted, "", quoted, false, false);
    ChangedRows rows = new ChangedRows(Kind.DELETE, table.get(), parts, List.of(), dialect);
    scopes.add(new ScopedPart(kind, part, rows));
  }

  private StatementScope changed(Update update, Table table, Optional<With> with) {
    if (update.forKey().isPresent()) {
      throw new IllegalArgumentException(FOR_KEY);
    }
    Parts parts =
        limited(
            parts(update.target(), table, update.from(), update.where(), with),
            table,
            new RowLimit(update.orderBy(), update.limit(), update.offset()));
    return checked(
        new ChangedRows(
            Kind.UPDATE, table, parts, NewValues.of(update.assignments(), text, table), dialect));
  }

  private StatementScope changed(Delete delete, Table table, Optional<With> with) {
    if (delete.forKey().isPresent()) {
      throw new IllegalArgumentException(FOR_KEY);
    }
    Parts parts =
        limited(
            parts(delete.target(), table, delete.using(), delete.where(), with),
            table,
            new RowLimit(delete.orderBy(), delete.limit(), delete.offset()));
    return checked(new ChangedRows(Kind.DELETE, table, parts, List.of(), dialect));
  }

  /**
   * SQLite's ORDER BY and LIMIT of a change: which rows, and in what order they are counted off.
   */
  private record RowLimit(
      List<Query.OrderItem> orderBy, Optional<Expr> limit, Optional<Expr> offset) {}

  private Parts limited(Parts parts, Table table, RowLimit limit) {
    if (limit.limit().isEmpty()) {
      return parts;
    }
    RowKey key =
        RowKey.of(table, dialect.flavour())
            .filter(each -> !parts.joined())
            .orElseThrow(() -> new IllegalArgumentException("a LIMIT needs a key to count by"));
    String names =
        key.columns().stream()
            .map(column -> parts.label() + "." + dialect.quote(column))
            .collect(Collectors.joining(", "));
    String order =
        limit.orderBy().isEmpty()
            ? ""
            : limit.orderBy().stream()
                .map(item -> text.of(item.span()))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    String rows =
        "SELECT "
            + names
            + " FROM "
            + parts.from()
            + (parts.where().isEmpty() ? "" : " WHERE (" + parts.where() + ")")
            + order
            + " LIMIT "
            + text.of(limit.limit().get())
            + limit.offset().map(offset -> " OFFSET " + text.of(offset)).orElse("");
    String among = "(" + names + ") IN (" + rows + ")";
    return new Parts(parts.with(), parts.from(), among, parts.label(), false, false);
  }

  private static ChangedRows checked(ChangedRows rows) {
    if (rows.repeats() && rows.key().isEmpty()) {
      throw new IllegalArgumentException("rows without a key can't be counted once each");
    }
    return rows;
  }

  private Parts parts(
      From.TableRef target,
      Table table,
      Optional<From> more,
      Optional<Expr> where,
      Optional<With> with) {
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
        more.isPresent(),
        more.isPresent() && !SingleMatch.holds(target, table, more, where, with, catalog));
  }

  private static boolean writes(Optional<With> with) {
    return with.stream()
        .flatMap(clause -> clause.ctes().stream())
        .anyMatch(cte -> !(cte.body() instanceof Query));
  }
}
