package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a comparison with a subquery one of row values, with the missing columns in front. */
final class RowValues {
  private final References references;
  private final Sides sides;
  private final Places places;
  private final List<Edit> edits = new ArrayList<>();
  private Optional<String> question = Optional.empty();
  private String reason = "";

  RowValues(References references, Sides sides, Places places) {
    this.references = references;
    this.sides = sides;
    this.places = places;
  }

  Mend mend(Gap gap) {
    Edge edge = gap.edge();
    List<Expr> values = Mender.values(edge.expr().orElseThrow());
    boolean done = !values.isEmpty() && value(gap, values);
    for (Block branch : edge.query().orElseThrow().blocks()) {
      done = done && items(gap, branch);
    }
    return done ? Mend.of(edits, question) : Mend.none(reason);
  }

  /** The side outside the subquery. */
  private boolean value(Gap gap, List<Expr> values) {
    StringBuilder names = new StringBuilder();
    for (Gap.Part part : gap.missing()) {
      Optional<Reference> found = references.of(outside(gap, part), gap.edge().block());
      if (found.isEmpty()) {
        return fail(references.reason());
      }
      edits.addAll(found.get().edits());
      question = question.or(found.get()::question);
      boolean qualified = References.isQualified(Optional.of(values.get(0)));
      names.append(qualified ? found.get().qualified() : found.get().shortest()).append(", ");
    }
    Span first = places.balanced(values.get(0).span());
    Span last = places.balanced(values.get(values.size() - 1).span());
    boolean row = values.size() > 1 || places.isParenthesised(first);
    if (gap.lacksTheEnd()) {
      edits.add(Edit.before(first.start(), row ? "" : "("));
      edits.add(Edit.before(last.end(), behind(names) + (row ? "" : ")")));
    } else {
      edits.add(Edit.before(first.start(), (row ? "" : "(") + names));
      edits.add(Edit.before(last.end(), row ? "" : ")"));
    }
    return true;
  }

  /** {@code a, b, } as it follows other names: {@code , a, b}. */
  private static String behind(StringBuilder names) {
    return ", " + names.substring(0, names.length() - 2);
  }

  private static Node outside(Gap gap, Gap.Part part) {
    boolean first =
        gap.edge()
            .left()
            .base()
            .filter(node -> node.relation() == part.one().relation())
            .isPresent();
    return first ? part.one() : part.other();
  }

  private static Node inside(Gap gap, Gap.Part part) {
    return outside(gap, part).equals(part.one()) ? part.other() : part.one();
  }

  /** One branch of the subquery. */
  private boolean items(Gap gap, Block branch) {
    if (branch.select().isEmpty() || !branch.written() || branch.outputs().isEmpty()) {
      return fail("the subquery is no SELECT that could hand out more");
    }
    Query.Select select = branch.select().get();
    boolean limited = branch.query().flatMap(Query::limit).isPresent();
    if (limited && gap.edge().form() == Edge.Form.IN) {
      return fail("LIMIT cuts the subquery down");
    }
    if (select.items().get(0).expr() instanceof Expr.Star) {
      return fail("the subquery hands out a star");
    }
    boolean grouped = !select.groupBy().isEmpty();
    if (!grouped && Groups.aggregates(branch)) {
      return fail("the subquery is an aggregate");
    }
    StringBuilder names = new StringBuilder();
    StringBuilder groups = new StringBuilder();
    for (Gap.Part part : gap.missing()) {
      Optional<Node> column = column(gap, part, branch);
      Optional<Reference> found = column.flatMap(each -> references.of(each, branch));
      if (found.isEmpty()) {
        return fail(references.reason());
      }
      edits.addAll(found.get().edits());
      question = question.or(found.get()::question);
      boolean qualified = References.isQualified(branch.outputs().get(0).expr());
      String name = qualified ? found.get().qualified() : found.get().shortest();
      names.append(name).append(", ");
      if (grouped && !isGroupedBy(select, column.get())) {
        groups.append(name).append(", ");
        question = question.or(() -> grouped(branch, part.key()));
      }
    }
    Span first = places.balanced(select.items().get(0).expr().span());
    Span last = places.balanced(select.items().get(select.items().size() - 1).span());
    edits.add(
        gap.lacksTheEnd()
            ? Edit.before(last.end(), behind(names))
            : Edit.before(first.start(), names.toString()));
    if (!groups.isEmpty()) {
      int by = places.balanced(select.groupBy().get(0).span()).start();
      edits.add(Edit.before(by, groups.toString()));
    }
    if (!gap.lacksTheEnd()) {
      moveOrdinals(branch, select, gap.missing().size());
    }
    return true;
  }

  private static boolean isGroupedBy(Query.Select select, Node column) {
    return select.groupBy().stream()
        .anyMatch(each -> each instanceof Expr.ColumnRef ref && ref.column().is(column.column()));
  }

  /** {@code GROUP BY 1} counts the columns that are handed out: those in front move it on. */
  private void moveOrdinals(Block branch, Query.Select select, int by) {
    List<Expr> counted = new ArrayList<>(select.groupBy());
    branch
        .query()
        .filter(query -> query.body() == select)
        .ifPresent(query -> query.orderBy().forEach(item -> counted.add(item.expr())));
    for (Expr each : counted) {
      if (each instanceof Expr.Literal literal && literal.text().matches("[0-9]{1,4}")) {
        int moved = Integer.parseInt(literal.text()) + by;
        edits.add(new Edit(literal.span(), String.valueOf(moved)));
      }
    }
  }

  private static Optional<String> grouped(Block branch, String column) {
    boolean aggregate =
        Stream.concat(
                branch.outputs().stream().flatMap(output -> output.expr().stream()),
                branch.select().flatMap(Query.Select::having).stream())
            .anyMatch(Groups::holdsAggregate);
    return aggregate
        ? Optional.of(
            "The subquery will then have one group for each `"
                + column
                + "` and what it grouped by before. Is that what you mean?")
        : Optional.empty();
  }

  /** The missing column of the table that this branch takes its values from. */
  private Optional<Node> column(Gap gap, Gap.Part part, Block branch) {
    Node inside = inside(gap, part);
    List<Node> bases = new ArrayList<>();
    branch.outputs().forEach(output -> sides.of(output, branch).base().ifPresent(bases::add));
    for (Node base : bases) {
      if (base.relation() == inside.relation()) {
        return Optional.of(inside);
      }
    }
    for (Node base : bases) {
      Optional<Table> table = base.relation().table();
      if (table.isPresent()) {
        if (table.equals(inside.relation().table())) {
          return Optional.of(new Node(base.relation(), inside.column()));
        }
        Optional<String> mapped = mapped(table.get(), part.key(), gap.keyTable());
        if (mapped.isPresent()) {
          return Optional.of(Node.of(base.relation(), mapped.get()));
        }
        if (table.get().column(part.key()).isPresent()) {
          return Optional.of(Node.of(base.relation(), part.key()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> mapped(Table table, String column, String parent) {
    for (ForeignKey key : table.foreignKeys()) {
      if (key.parent().equalsIgnoreCase(parent)) {
        for (int i = 0; i < key.parentColumns().size(); i++) {
          if (key.parentColumns().get(i).equalsIgnoreCase(column)) {
            return Optional.of(key.columns().get(i));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean fail(String why) {
    reason = why;
    return false;
  }
}
