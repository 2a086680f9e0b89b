package dev.cairn.statements;

import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A tree in one line: an operator or a record's name in front of what is right below it. Flags and
 * places are left out.
 */
final class BriefTree {

  private BriefTree() {}

  static String of(Object node) {
    if (node instanceof Name name) {
      return name.quoted() ? '"' + name.text() + '"' : name.text();
    }
    if (node instanceof Expr expr) {
      return of(expr);
    }
    if (node instanceof Query.SelectItem item) {
      return of(item.expr()) + as(item.alias());
    }
    if (node instanceof From.TableRef table) {
      return joined(table.path(), ".") + as(table.alias());
    }
    if (node instanceof From.Join join) {
      return below(join.kind().name(), join);
    }
    if (node instanceof Query.SetOperation operation) {
      return below(operation.kind().name(), operation);
    }
    if (node instanceof Assignment assignment) {
      return joined(assignment.columns(), " ") + " = " + of(assignment.value());
    }
    Record other = (Record) node;
    List<Record> below = TreeNodes.below(other);
    return other instanceof Query && below.size() == 2
        ? of(below.get(0))
        : below(other.getClass().getSimpleName(), other);
  }

  private static String of(Expr expr) {
    if (expr instanceof Expr.ColumnRef column) {
      return joined(column.path(), ".");
    }
    if (expr instanceof Expr.Literal literal) {
      return literal.text();
    }
    if (expr instanceof Expr.Star star) {
      return star.qualifier().map(name -> of(name) + ".*").orElse("*");
    }
    if (expr instanceof Expr.Compare compare) {
      return below(compare.op().name(), compare);
    }
    if (expr instanceof Expr.Operation operation) {
      return below(operation.operator(), operation);
    }
    if (expr instanceof Expr.Cast cast) {
      return "Cast(" + of(cast.operand()) + ", " + cast.type() + ")";
    }
    boolean negated = expr instanceof Expr.InList list && list.negated();
    return below((negated ? "not " : "") + expr.getClass().getSimpleName(), (Record) expr);
  }

  private static String as(Optional<Name> alias) {
    return alias.map(name -> " as " + of(name)).orElse("");
  }

  private static String below(String label, Record node) {
    List<Record> below =
        TreeNodes.below(node).stream()
            .filter(child -> !child.getClass().getSimpleName().equals("Span"))
            .toList();
    return label + "(" + joined(below, ", ") + ")";
  }

  private static String joined(List<? extends Record> nodes, String separator) {
    return nodes.stream().map(BriefTree::of).collect(Collectors.joining(separator));
  }
}
