package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Query.SetKind;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
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
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/** Calcite's queries as ours. */
final class Queries {

  private final Reading reading;

  Queries(Reading reading) {
    this.reading = reading;
  }

  static boolean isQuery(SqlNode node) {
    return node != null
        && (node.isA(SqlKind.QUERY) || node.getKind() == SqlKind.EXPLICIT_TABLE)
        && node.getKind() != SqlKind.INSERT;
  }

  Query query(SqlNode node) {
    SqlNode inner = node;
    SqlOrderBy order = inner instanceof SqlOrderBy by ? by : null;
    inner = order == null ? inner : order.query;
    SqlWith list = inner instanceof SqlWith with ? with : null;
    Optional<With> with = list == null ? Optional.empty() : Optional.of(with(list.withList));
    inner = list == null ? inner : list.body;
    Query.Body body = body(inner);
    Span whole = whole(node, with, body, inner);
    return new Query(
        with,
        body,
        order == null ? List.of() : orderItems(order.orderList),
        order == null ? Optional.empty() : bound(order.fetch),
        order == null ? Optional.empty() : bound(order.offset),
        whole);
  }

  /** Calcite's own place of an ordered query is that of its last word. */
  private Span whole(SqlNode node, Optional<With> with, Query.Body body, SqlNode inner) {
    int start = Math.min(body.span().start(), innerStart(inner));
    int end = Math.max(body.span().end(), Reading.end(node.getParserPosition()));
    if (with.isPresent()) {
      start = Math.min(start, with.get().span().start());
    }
    if (!(node instanceof SqlOrderBy) && !(node instanceof SqlWith)) {
      start = Math.min(start, Reading.start(node.getParserPosition()));
    }
    if (inner != node) {
      end = Math.max(end, Reading.end(inner.getParserPosition()));
    }
    return reading.bare(start, reading.past(end));
  }

  private static int innerStart(SqlNode inner) {
    return inner instanceof SqlOrderBy
            || inner instanceof SqlWith
            || inner.getKind() == SqlKind.EXPLICIT_TABLE
        ? Integer.MAX_VALUE
        : Reading.start(inner.getParserPosition());
  }

  private Query.Body body(SqlNode node) {
    if (node instanceof SqlSelect select) {
      return select(select);
    }
    if (node instanceof SqlOrderBy || node instanceof SqlWith) {
      Query query = query(node);
      return new Query.Nested(query, query.span());
    }
    return switch (node.getKind()) {
      case UNION -> combined(node, setKind((SqlCall) node));
      case INTERSECT -> combined(node, SetKind.INTERSECT);
      case EXCEPT -> combined(node, SetKind.EXCEPT);
      case VALUES -> values((SqlCall) node);
      case EXPLICIT_TABLE -> table((SqlCall) node);
      default -> throw new Unreadable("a value where a query is expected", Expressions.start(node));
    };
  }

  private SetKind setKind(SqlCall call) {
    Source source = reading.source();
    int right = source.indexAt(Reading.start(call.operand(1).getParserPosition()));
    int word = source.isOneOf(right - 1, "all", "distinct") ? right - 2 : right - 1;
    boolean told = !source.isPostgresql() && source.isOneOf(word, "intersect", "except");
    return told ? SetKind.valueOf(source.word(word).toUpperCase(Locale.ROOT)) : SetKind.UNION;
  }

  private Query.Body combined(SqlNode node, SetKind kind) {
    SqlCall call = (SqlCall) node;
    boolean all = call.getOperator().getName().endsWith("ALL");
    Query.Body left = body(call.operand(0));
    Query.Body right = body(call.operand(1));
    Span span =
        new Span(
            Math.min(left.span().start(), Reading.start(node.getParserPosition())),
            Math.max(right.span().end(), Reading.end(node.getParserPosition())));
    return new Query.SetOperation(kind, all, left, right, reading.bare(span.start(), span.end()));
  }

  private Query.Body values(SqlCall call) {
    List<List<Expr>> rows = new ArrayList<>();
    for (SqlNode row : call.getOperandList()) {
      rows.add(
          row.getKind() == SqlKind.ROW
              ? reading.expressions().all(((SqlCall) row).getOperandList())
              : List.of(reading.expressions().read(row)));
    }
    return new Query.Values(rows, span(call));
  }

  /** {@code TABLE t}, and what SQLite's {@code IN t} was made into. */
  private Query.Body table(SqlCall call) {
    SqlIdentifier name = call.operand(0);
    From.TableRef table = reading.tables().named(name);
    int before = reading.source().indexAt(table.span().start()) - 1;
    int start =
        reading.source().is(before, "table")
            ? reading.source().start(before)
            : table.span().start();
    Span span = new Span(start, table.span().end());
    Expr star = new Expr.Star(Optional.empty(), table.span());
    return new Query.Select(
        false,
        List.of(),
        List.of(new Query.SelectItem(star, Optional.empty(), star.span())),
        Optional.of(table),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        span);
  }

  private Query.Body select(SqlSelect select) {
    List<SqlNode> items = new ArrayList<>(select.getSelectList().getList());
    List<Expr> distinctOn = List.of();
    SqlNode first = items.get(0);
    if (first instanceof SqlCall call
        && Functions.name(call) != null
        && Functions.isMark(Functions.name(call), Phrasing.DISTINCT_ON)) {
      distinctOn = reading.expressions().all(call.getOperandList());
      items.remove(0);
    } else if (Functions.isMark(first, Phrasing.NO_ITEMS)) {
      items.remove(0);
    }
    SqlNode from = select.getFrom();
    boolean none = from == null || Functions.isMark(from, Phrasing.NO_TABLE);
    return new Query.Select(
        select.isDistinct(),
        distinctOn,
        items(items),
        none ? Optional.empty() : Optional.of(reading.tables().read(from)),
        reading.expressions().optional(select.getWhere()),
        groups(select.getGroup()),
        reading.expressions().optional(select.getHaving()),
        windows(select.getWindowList()),
        span(select));
  }

  private Span span(SqlNode node) {
    return reading.bare(
        Reading.start(node.getParserPosition()),
        reading.past(Reading.end(node.getParserPosition())));
  }

  private List<Expr> windows(SqlNodeList declared) {
    List<Expr> parts = new ArrayList<>();
    if (declared != null) {
      declared.forEach(window -> reading.expressions().functions().addWindow(parts, window));
    }
    return parts;
  }

  private List<Expr> groups(SqlNodeList groups) {
    if (groups == null) {
      return List.of();
    }
    boolean distinct =
        groups.size() == 1
            && groups.get(0) instanceof SqlCall call
            && call.getOperator().getName().equals("GROUP BY DISTINCT");
    return reading
        .expressions()
        .all(distinct ? ((SqlCall) groups.get(0)).getOperandList() : groups);
  }

  List<Query.SelectItem> items(List<SqlNode> nodes) {
    List<Query.SelectItem> items = new ArrayList<>();
    for (SqlNode node : nodes) {
      boolean named = node.getKind() == SqlKind.AS;
      SqlNode value = named ? ((SqlCall) node).operand(0) : node;
      Optional<Name> alias =
          named ? Optional.of(reading.name(((SqlCall) node).operand(1))) : Optional.empty();
      Span span = new Span(Expressions.start(node), Reading.end(node.getParserPosition()));
      items.add(new Query.SelectItem(reading.expressions().read(value), alias, span));
    }
    return items;
  }

  List<Query.OrderItem> orderItems(SqlNodeList list) {
    return list.getList().stream().map(this::orderItem).toList();
  }

  Query.OrderItem orderItem(SqlNode node) {
    boolean descending = node.getKind() == SqlKind.DESCENDING;
    SqlNode value = descending ? ((SqlCall) node).operand(0) : node;
    Expr expr = reading.expressions().read(value);
    int start = Math.min(expr.span().start(), Expressions.start(value));
    int end =
        Math.max(Reading.end(value.getParserPosition()), Reading.end(node.getParserPosition()));
    return new Query.OrderItem(expr, descending, new Span(start, end));
  }

  Optional<Expr> bound(SqlNode node) {
    if (node == null) {
      return Optional.empty();
    }
    Source source = reading.source();
    int first = reading.first(node);
    int last = source.indexBefore(Reading.end(node.getParserPosition()));
    if (source.isOneOf(first, "first", "next")) {
      Span span = source.span(first, first);
      return Optional.of(new Expr.Literal(Expr.LiteralKind.NUMBER, "1", span));
    }
    boolean all = first == last && source.isOneOf(first, "all", "null");
    return all ? Optional.empty() : Optional.of(reading.expression(first, last + 1));
  }

  With with(SqlNodeList list) {
    Source source = reading.source();
    int first = reading.first(list);
    boolean recursive = source.is(first, "recursive") && source.is(first - 1, "with");
    recursive |=
        source.is(first, "with")
            && source.is(first + 1, "recursive")
            && !source.is(first + 2, "as");
    List<With.Cte> ctes = new ArrayList<>();
    for (SqlNode item : list) {
      ctes.add(cte((SqlWithItem) item));
    }
    int start = source.start(source.is(first, "with") ? first : first - 1);
    int end = ctes.get(ctes.size() - 1).span().end();
    return new With(recursive, ctes, new Span(start, end));
  }

  private With.Cte cte(SqlWithItem item) {
    Source source = reading.source();
    int at = reading.first(item.name);
    int first = at;
    at++;
    at = source.is(at, "(") ? source.closer(at) + 1 : at;
    while (!source.is(at, "(")) {
      at++;
    }
    int close = source.closer(at);
    Statement body =
        Verbs.changes(source, at + 1) ? reading.statement(at + 1, close) : query(item.query);
    List<Name> columns = item.columnList == null ? List.of() : reading.names(item.columnList);
    return new With.Cte(reading.name(item.name), columns, body, source.span(first, close));
  }
}
