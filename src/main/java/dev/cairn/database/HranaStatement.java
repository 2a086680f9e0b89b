package dev.cairn.database;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Statements, steps and conditions in Hrana's JSON. */
final class HranaStatement {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HranaStatement() {}

  static ObjectNode of(SqlFragment fragment) {
    SqlFragment sendable = spelled(fragment);
    ObjectNode statement = JSON.objectNode().put("sql", sendable.sql());
    if (!sendable.binds().isEmpty()) {
      ArrayNode arguments = statement.putArray("args");
      sendable.binds().forEach(value -> arguments.add(HranaValue.write(value)));
    }
    return statement;
  }

  static ObjectNode execute(SqlFragment fragment) {
    ObjectNode request = JSON.objectNode().put("type", "execute");
    request.set("stmt", of(fragment));
    return request;
  }

  static ObjectNode describe(String sql) {
    return JSON.objectNode().put("type", "describe").put("sql", sql);
  }

  static ObjectNode request(String type) {
    return JSON.objectNode().put("type", type);
  }

  /** A body of requests on a stream that lives no longer than they do. */
  static ObjectNode body(List<ObjectNode> requests) {
    ObjectNode body = JSON.objectNode().putNull("baton");
    body.putArray("requests").addAll(requests);
    return body;
  }

  /** A step that always runs. */
  static ObjectNode step(SqlFragment fragment) {
    ObjectNode step = JSON.objectNode();
    step.set("stmt", of(fragment));
    return step;
  }

  static ObjectNode step(SqlFragment fragment, ObjectNode condition) {
    ObjectNode step = step(fragment);
    step.set("condition", condition);
    return step;
  }

  /** Where a step before it succeeded. */
  static ObjectNode ok(int step) {
    return JSON.objectNode().put("type", "ok").put("step", step);
  }

  /** Where two conditions hold. */
  static ObjectNode both(ObjectNode one, ObjectNode other) {
    ObjectNode both = JSON.objectNode().put("type", "and");
    both.putArray("conds").add(one).add(other);
    return both;
  }

  /** Where no transaction is open. */
  static ObjectNode isAutocommit() {
    return JSON.objectNode().put("type", "is_autocommit");
  }

  /** Where a transaction is open. */
  static ObjectNode inTransaction() {
    ObjectNode not = JSON.objectNode().put("type", "not");
    not.set("cond", isAutocommit());
    return not;
  }

  static ObjectNode batch(List<ObjectNode> steps) {
    ObjectNode batch = JSON.objectNode();
    batch.putArray("steps").addAll(steps);
    return batch;
  }

  /** JSON has no endless number and no text but UTF-8: the statement's text makes such values. */
  private static SqlFragment spelled(SqlFragment fragment) {
    if (fragment.binds().stream().noneMatch(HranaStatement::isBeyondJson)) {
      return fragment;
    }
    StringBuilder text = new StringBuilder();
    List<Object> left = new ArrayList<>();
    int mark = 0;
    for (Token token : Lexer.tokens(fragment.sql(), Flavour.SQLITE)) {
      String part = token.text(fragment.sql());
      if (token.kind() == TokenKind.PARAMETER) {
        Object value = fragment.binds().get(mark++);
        if (value instanceof RawText raw) {
          part = "CAST(" + part + " AS TEXT)";
          left.add(raw.bytes());
        } else if (isBeyondJson(value)) {
          part = (Double) value > 0 ? "9e999" : "-9e999";
        } else {
          left.add(value);
        }
      }
      text.append(part);
    }
    return new SqlFragment(text.toString(), left);
  }

  private static boolean isBeyondJson(Object value) {
    return value instanceof RawText || (value instanceof Double number && number.isInfinite());
  }
}
