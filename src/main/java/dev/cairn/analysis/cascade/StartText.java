package dev.cairn.analysis.cascade;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cuts the rows that a statement works on out of its own text. */
final class StartText {
  private final String text;
  private final List<With> outer;
  private final Flavour flavour;

  StartText(String text, List<With> outer, Flavour flavour) {
    this.text = text;
    this.outer = outer;
    this.flavour = flavour;
  }

  /** Every row of a table. */
  static StartRows whole(String quoted) {
    return new StartRows("", false, quoted, quoted, Optional.empty(), "", false);
  }

  /** The rows that a DELETE takes away. */
  StartRows of(Delete delete) {
    return rows(
        delete.with(),
        delete.target(),
        delete.using(),
        delete.where().map(this::condition),
        tail(delete.orderBy(), delete.limit(), delete.offset()));
  }

  /** The rows of an UPDATE in which one of these columns gets another value. */
  StartRows changing(Update update, Set<String> columns) {
    String label = label(update.target());
    List<String> changes = new ArrayList<>();
    for (Assignment each : update.assignments()) {
      List<Expr> values =
          each.value() instanceof Expr.RowValue row && each.columns().size() > 1
              ? row.items()
              : List.of(each.value());
      for (int i = 0; i < each.columns().size(); i++) {
        if (columns.contains(each.columns().get(i).folded())) {
          boolean known = values.size() == each.columns().size();
          changes.add(known ? differs(label, each.columns().get(i), values.get(i)) : "1 = 1");
        }
      }
    }
    String changed = changes.stream().collect(Collectors.joining(" OR ", "(", ")"));
    Optional<String> where =
        Optional.of(
            update.where().map(each -> condition(each) + " AND " + changed).orElse(changed));
    return rows(
        update.with(),
        update.target(),
        update.from(),
        where,
        tail(update.orderBy(), update.limit(), update.offset()));
  }

  private String differs(String label, Name column, Expr value) {
    if (value instanceof Expr.Default) {
      return "1 = 1";
    }
    String distinct = flavour == Flavour.SQLITE ? " IS NOT " : " IS DISTINCT FROM ";
    return label + "." + quoted(column) + distinct + condition(value);
  }

  /** The rows that stand in the way of what a REPLACE writes, in any of the table's keys. */
  Optional<StartRows> replaced(Insert insert, Table table) {
    List<String> columns =
        insert.columns().isEmpty()
            ? table.columns().stream().filter(each -> !each.generated()).map(Column::name).toList()
            : insert.columns().stream().map(Name::text).toList();
    boolean readable = insert.source().filter(source -> !writesDefault(source)).isPresent();
    List<String> conflicts = new ArrayList<>();
    for (Key key : table.keys()) {
      List<Integer> places = key.columns().stream().map(column -> place(columns, column)).toList();
      if (!places.contains(-1)) {
        conflicts.add(inTheWay(key, places));
      }
    }
    if (!readable || conflicts.isEmpty()) {
      return Optional.empty();
    }
    String names =
        IntStream.rangeClosed(1, columns.size())
            .mapToObj(i -> "n" + i)
            .collect(Collectors.joining(", "));
    String written =
        "cairn_written(" + names + ") AS (" + insert.source().get().span().in(text) + ")";
    String before = ctes(insert.with());
    return Optional.of(
        new StartRows(
            before.isEmpty() ? written : before + ", " + written,
            isRecursive(insert.with()),
            insert.target().span().in(text),
            label(insert.target()),
            Optional.of(String.join(" OR ", conflicts)),
            "",
            false));
  }

  private String inTheWay(Key key, List<Integer> places) {
    String own = key.columns().stream().map(QuotedName::of).collect(Collectors.joining(", "));
    String written =
        places.stream().map(place -> "n" + (place + 1)).collect(Collectors.joining(", "));
    return (places.size() == 1 ? own : "(" + own + ")")
        + " IN (SELECT "
        + written
        + " FROM cairn_written)";
  }

  private static boolean writesDefault(Query source) {
    return source.body() instanceof Query.Values values
        && values.rows().stream()
            .anyMatch(row -> row.stream().anyMatch(Expr.Default.class::isInstance));
  }

  private static int place(List<String> columns, String wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** The rows that a MERGE deletes; none where it doesn't. */
  Optional<StartRows> deleted(Merge merge) {
    List<String> conditions = new ArrayList<>();
    for (Merge.When when : merge.whens()) {
      boolean matched = when.matching() == Merge.Matching.MATCHED;
      if (matched && when.action() == Merge.Action.DELETE) {
        conditions.add(when.condition().map(this::condition).orElse("1 = 1"));
      }
    }
    if (conditions.isEmpty()) {
      return Optional.empty();
    }
    String where = condition(merge.on()) + " AND (" + String.join(" OR ", conditions) + ")";
    return Optional.of(
        rows(merge.with(), merge.target(), Optional.of(merge.source()), Optional.of(where), ""));
  }

  private StartRows rows(
      Optional<With> with,
      From.TableRef target,
      Optional<From> others,
      Optional<String> where,
      String tail) {
    return new StartRows(
        ctes(with),
        isRecursive(with),
        target.span().in(text) + others.map(each -> ", " + each.span().in(text)).orElse(""),
        label(target),
        where,
        tail,
        others.isPresent());
  }

  /** The rows that ORDER BY and LIMIT pick. */
  private String tail(List<Query.OrderItem> order, Optional<Expr> limit, Optional<Expr> offset) {
    if (limit.isEmpty()) {
      return "";
    }
    String sorted =
        order.stream().map(each -> each.span().in(text)).collect(Collectors.joining(", "));
    return (sorted.isEmpty() ? "" : " ORDER BY " + sorted)
        + limit.map(each -> " LIMIT " + each.span().in(text)).orElse("")
        + offset.map(each -> " OFFSET " + each.span().in(text)).orElse("");
  }

  /** Common table expressions that only read; one that writes can't be asked for its rows. */
  private String ctes(Optional<With> own) {
    List<With> all = new ArrayList<>(outer);
    own.filter(with -> !all.contains(with)).ifPresent(all::add);
    return all.stream()
        .flatMap(with -> with.ctes().stream())
        .filter(cte -> cte.body() instanceof Query)
        .map(cte -> cte.span().in(text))
        .collect(Collectors.joining(", "));
  }

  private boolean isRecursive(Optional<With> own) {
    return own.filter(With::recursive).isPresent() || outer.stream().anyMatch(With::recursive);
  }

  private String condition(Expr expr) {
    return "(" + expr.span().in(text) + ")";
  }

  private String label(From.TableRef target) {
    return quoted(target.label());
  }

  /** PostgreSQL folds what isn't quoted to lower case; SQLite minds no case at all. */
  private String quoted(Name name) {
    boolean folds = flavour == Flavour.POSTGRESQL && !name.quoted();
    return QuotedName.of(folds ? name.text().toLowerCase(Locale.ROOT) : name.text());
  }
}
