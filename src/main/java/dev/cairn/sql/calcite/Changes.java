package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Assignment;
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
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Statements that change rows; the grammar's changes.ftl says in which order operands come. */
final class Changes {

  private final Reading reading;

  Changes(Reading reading) {
    this.reading = reading;
  }

  Statement statement(SqlNode node, Span span) {
    SqlCall call = (SqlCall) node;
    List<SqlNode> parts = call.getOperandList();
    return switch (call.getOperator().getName()) {
      case "INSERT" -> insert(call, parts, span);
      case "UPDATE" -> update(call, parts, span);
      case "DELETE" -> delete(parts, span);
      default -> merge(parts, span);
    };
  }

  private Statement insert(SqlCall call, List<SqlNode> parts, Span span) {
    SqlNode source = parts.get(3);
    List<Insert.OnConflict> conflicts = new ArrayList<>();
    for (SqlNode conflict : (SqlNodeList) parts.get(4)) {
      conflicts.add(conflict((SqlCall) conflict));
    }
    return new Insert(
        with(parts.get(0)),
        orAction(call),
        reading.tables().target(parts.get(1)),
        names(parts.get(2)),
        source == null ? Optional.empty() : Optional.of(reading.queries().query(source)),
        conflicts,
        returning(parts.get(5)),
        span);
  }

  private Statement update(SqlCall call, List<SqlNode> parts, Span span) {
    return new Update(
        with(parts.get(0)),
        orAction(call),
        reading.tables().target(parts.get(1)),
        assignments(parts.get(2)),
        from(parts.get(3)),
        forKey(parts.get(4)),
        reading.expressions().optional(parts.get(5)),
        returning(parts.get(6)),
        order(parts.get(7)),
        reading.queries().bound(parts.get(9)),
        reading.queries().bound(parts.get(8)),
        span);
  }

  private Statement delete(List<SqlNode> parts, Span span) {
    return new Delete(
        with(parts.get(0)),
        reading.tables().target(parts.get(1)),
        from(parts.get(2)),
        forKey(parts.get(3)),
        reading.expressions().optional(parts.get(4)),
        returning(parts.get(5)),
        order(parts.get(6)),
        reading.queries().bound(parts.get(8)),
        reading.queries().bound(parts.get(7)),
        span);
  }

  private List<Query.OrderItem> order(SqlNode list) {
    return list == null ? List.of() : reading.queries().orderItems((SqlNodeList) list);
  }

  private Statement merge(List<SqlNode> parts, Span span) {
    List<Merge.When> whens = new ArrayList<>();
    for (SqlNode when : (SqlNodeList) parts.get(4)) {
      whens.add(when((SqlCall) when));
    }
    return new Merge(
        with(parts.get(0)),
        reading.tables().target(parts.get(1)),
        reading.tables().read(parts.get(2)),
        reading.expressions().read(parts.get(3)),
        whens,
        returning(parts.get(5)),
        span);
  }

  private Merge.When when(SqlCall call) {
    String[] words = call.getOperator().getName().split(" ", -1);
    List<SqlNode> parts = call.getOperandList();
    List<Expr> values = List.of();
    if (parts.get(2) != null) {
      List<SqlNode> rows = ((SqlCall) parts.get(2)).getOperandList();
      SqlNode row = rows.get(0);
      values =
          row.getKind() == SqlKind.ROW
              ? reading.expressions().all(((SqlCall) row).getOperandList())
              : List.of(reading.expressions().read(row));
    }
    Span place = span(call);
    int first = reading.source().indexAt(place.start());
    return new Merge.When(
        Merge.Matching.valueOf(words[0]),
        reading.expressions().optional(parts.get(0)),
        Merge.Action.valueOf(words[1]),
        names(parts.get(1)),
        values,
        parts.get(3) == null ? List.of() : assignments(parts.get(3)),
        new Span(reading.source().start(first), place.end()));
  }

  private static Span span(SqlCall call) {
    return new Span(Reading.start(call.getParserPosition()), Reading.end(call.getParserPosition()));
  }

  private Optional<With> with(SqlNode node) {
    return node == null
        ? Optional.empty()
        : Optional.of(reading.queries().with((SqlNodeList) node));
  }

  /** The parser is not given OR and the word behind it. */
  private String orAction(SqlCall call) {
    Source source = reading.source();
    int verb = reading.first(call);
    if (source.is(verb, "replace")) {
      return "REPLACE";
    }
    return source.is(verb + 1, "or") ? source.word(verb + 2).toUpperCase(Locale.ROOT) : "";
  }

  private List<Name> names(SqlNode list) {
    return list == null ? List.of() : reading.names((SqlNodeList) list);
  }

  private Optional<From> from(SqlNode node) {
    return node == null ? Optional.empty() : Optional.of(reading.tables().read(node));
  }

  private Optional<From.TableRef> forKey(SqlNode node) {
    return node == null ? Optional.empty() : Optional.of(reading.tables().target(node));
  }

  private List<Query.SelectItem> returning(SqlNode list) {
    return list == null ? List.of() : reading.queries().items(((SqlNodeList) list).getList());
  }

  private List<Assignment> assignments(SqlNode list) {
    List<Assignment> assignments = new ArrayList<>();
    for (SqlNode node : (SqlNodeList) list) {
      SqlCall call = (SqlCall) node;
      List<Name> columns = new ArrayList<>();
      for (SqlNode column : (SqlNodeList) call.operand(0)) {
        List<Name> path = reading.path((SqlIdentifier) column);
        columns.add(path.get(0));
      }
      assignments.add(
          new Assignment(columns, reading.expressions().read(call.operand(1)), span(call)));
    }
    return assignments;
  }

  private Insert.OnConflict conflict(SqlCall call) {
    List<SqlNode> parts = call.getOperandList();
    SqlNode constraint = parts.get(2);
    return new Insert.OnConflict(
        reading.expressions().all((SqlNodeList) parts.get(0)),
        reading.expressions().optional(parts.get(1)),
        constraint == null
            ? Optional.empty()
            : Optional.of(reading.name((SqlIdentifier) constraint)),
        parts.get(3) == null ? List.of() : assignments(parts.get(3)),
        reading.expressions().optional(parts.get(4)),
        span(call));
  }
}
