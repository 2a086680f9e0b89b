package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.ALL;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.AS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.BY;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.COMMA;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DESC;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DISTINCT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ELSE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.END;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.EXCEPT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FILTER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FROM;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.GROUP;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HAVING;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.INTERSECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LIMIT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.OFFSET;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ORDER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.OVER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SELECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.THEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.UNION;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHERE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WINDOW;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WITHIN;

import dev.cairn.sql.TokenKind;
import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;

/** Words that begin another part of a query, or of an expression, behind an operand. */
final class ClauseWords {

  private final Feed feed;
  private final Source source;

  ClauseWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean read(String word) {
    Frame frame = feed.frame();
    if (frame.type == Frame.Type.CASE) {
      return branch(word) || call(word);
    }
    if (frame.type == Frame.Type.CALL && argument(word)) {
      return true;
    }
    if (frame.type == Frame.Type.WINDOW && window(word)) {
      return true;
    }
    return call(word) || (frame.type != Frame.Type.CALL && (clause(word) || tail(word)));
  }

  private boolean branch(String word) {
    switch (word) {
      case "when" -> feed.take(WHEN, false);
      case "then" -> feed.take(THEN, false);
      case "else" -> feed.take(ELSE, false);
      case "end" -> {
        feed.pop();
        feed.take(END, true);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean argument(String word) {
    Frame frame = feed.frame();
    switch (word) {
      case "as" -> {
        feed.take(COMMA, false);
        feed.take(HOOK, "?", Math.max(1, TypeNames.end(source, feed.at) - feed.at), true);
        skipToClose();
      }
      case "from", "for", "placing" -> feed.take(COMMA, false);
      case "order" -> {
        feed.insert(COMMA, ",", false);
        feed.insert(IDENTIFIER, Phrasing.ORDERED, true);
        feed.insert(COMMA, ",", false);
        feed.drop(2);
        frame.ordered = true;
      }
      case "asc", "desc", "nulls" -> order(word);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What a type's name has that {@link TypeNames} doesn't know, such as SQLite's any words. */
  private void skipToClose() {
    while (feed.at < feed.end && !feed.nextIsOneOf(")")) {
      feed.drop(source.is(feed.at, "(") ? source.closer(feed.at) + 1 - feed.at : 1);
    }
  }

  private boolean window(String word) {
    switch (word) {
      case "partition" -> {
        feed.take(CairnSqlParserConstants.PARTITION, false);
        feed.take(BY, false);
      }
      case "rows", "range", "groups" -> skipToClose();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What follows a function's arguments. */
  private boolean call(String word) {
    boolean called = feed.lastKind() == RPAREN;
    switch (word) {
      case "over" -> {
        if (!called || !(source.is(feed.at + 1, "(") || source.isName(feed.at + 1))) {
          return false;
        }
        feed.take(OVER, false);
        feed.nameNext = !feed.nextIsOneOf("(");
        feed.opensNext = feed.nameNext ? Frame.Type.PLAIN : Frame.Type.WINDOW;
      }
      case "filter" -> {
        if (!called || !source.are(feed.at + 1, "(", "where")) {
          return false;
        }
        feed.take(FILTER, false);
        feed.opensNext = Frame.Type.FILTER;
      }
      case "within" -> {
        if (!called || !source.is(feed.at + 1, "group")) {
          return false;
        }
        feed.take(WITHIN, false);
        feed.take(GROUP, false);
        feed.opensNext = Frame.Type.WINDOW;
      }
      case "ignore", "respect" -> {
        if (!called || !source.is(feed.at + 1, "nulls")) {
          return false;
        }
        feed.drop(2);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean clause(String word) {
    Frame frame = feed.frame();
    switch (word) {
      case "as" -> as();
      case "from" -> {
        begin(FROM, 1, Clause.FROM);
        frame.table = Table.EXPECTED;
        frame.from = true;
      }
      case "where" -> {
        noTable();
        begin(WHERE, 1, Clause.WHERE);
      }
      case "having" -> {
        noTable();
        begin(HAVING, 1, Clause.WHERE);
      }
      case "group" -> {
        return by(GROUP, Clause.GROUP);
      }
      case "order" -> {
        return by(ORDER, Clause.ORDER);
      }
      case "window" -> {
        if (!source.is(feed.at + 2, "as")) {
          return false;
        }
        noTable();
        begin(WINDOW, 1, Clause.WINDOWS);
        feed.nameNext = true;
      }
      case "union", "intersect", "except" -> {
        return combination(word);
      }
      case "asc", "desc", "nulls" -> {
        return order(word);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void begin(int kind, int count, Clause clause) {
    feed.frame().clause = clause;
    feed.frame().operators = 0;
    feed.take(kind, "?", count, false);
  }

  /** Calcite's grammar knows WHERE behind FROM only. */
  private void noTable() {
    Frame frame = feed.frame();
    if (frame.select && !frame.from) {
      feed.insert(FROM, "from", false);
      feed.insert(IDENTIFIER, Phrasing.NO_TABLE, true);
      frame.from = true;
    }
  }

  private boolean by(int kind, Clause clause) {
    if (!source.is(feed.at + 1, "by")) {
      return false;
    }
    if (clause == Clause.GROUP) {
      noTable();
    }
    begin(kind, 1, clause);
    feed.take(BY, false);
    return true;
  }

  private boolean order(String word) {
    Frame frame = feed.frame();
    boolean ordered = frame.clause == Clause.ORDER || frame.ordered || inConflictTarget();
    if (!ordered) {
      return false;
    }
    if (word.equals("nulls")) {
      feed.drop(2);
    } else if (word.equals("desc") && frame.clause == Clause.ORDER) {
      feed.take(DESC, true);
    } else {
      feed.drop(1);
    }
    return true;
  }

  private boolean inConflictTarget() {
    return feed.outer() != null && feed.outer().clause == Clause.CONFLICT;
  }

  private boolean combination(String word) {
    boolean all = source.isOneOf(feed.at + 1, "all", "distinct");
    if (!source.isOneOf(feed.at + (all ? 2 : 1), "select", "values", "(", "table", "with")) {
      return false;
    }
    feed.countOperator();
    int operators = feed.frame().operators;
    begin(
        word.equals("union") ? UNION : word.equals("except") ? EXCEPT : INTERSECT, 1, Clause.START);
    feed.frame().operators = operators;
    feed.frame().select = false;
    if (all) {
      feed.take(feed.nextIsOneOf("all") ? ALL : DISTINCT, false);
    }
    return true;
  }

  private void as() {
    Clause clause = feed.frame().clause;
    feed.take(AS, false);
    if (clause == Clause.WITH) {
      if (feed.nextIsOneOf("not")) {
        feed.drop(1);
      }
      if (feed.nextIsOneOf("materialized")) {
        feed.drop(1);
      }
      body();
    } else if (clause == Clause.WINDOWS) {
      feed.opensNext = Frame.Type.WINDOW;
    } else {
      feed.nameNext = true;
    }
  }

  /** A CTE that changes rows is read for itself, later. */
  private void body() {
    if (!feed.nextIsOneOf("(") || !Verbs.changes(source, feed.at + 1)) {
      return;
    }
    int close = source.closer(feed.at);
    feed.take(LPAREN, false);
    feed.insert(SELECT, "select", false);
    feed.take(HOOK, "?", close - feed.at, true);
    feed.take(RPAREN, true);
  }

  /** What comes behind a query's ORDER BY. */
  private boolean tail(String word) {
    switch (word) {
      case "limit" -> {
        return operandFollows() && bound(LIMIT, 1);
      }
      case "offset" -> {
        if (!operandFollows() || !bound(OFFSET, 1)) {
          return false;
        }
        if (feed.nextIsOneOf("row", "rows")) {
          feed.drop(1);
        }
      }
      case "fetch" -> {
        if (!source.isOneOf(feed.at + 1, "first", "next")) {
          return false;
        }
        fetch();
      }
      case "for" -> {
        return lock();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean operandFollows() {
    TokenKind kind = source.kind(feed.at + 1);
    return kind != TokenKind.SPACE && !source.isOneOf(feed.at + 1, ",", ")", ".", "=");
  }

  /** The number may be an expression: it is read for itself, later. */
  private boolean bound(int kind, int words) {
    begin(kind, words, Clause.WHERE);
    int at = feed.at;
    while (at < feed.end
        && !source.isOneOf(
            at,
            ",",
            ")",
            "offset",
            "limit",
            "fetch",
            "for",
            "row",
            "rows",
            "on",
            "returning",
            "union")) {
      at = source.is(at, "(") ? source.closer(at) + 1 : at + 1;
    }
    if (at == feed.at) {
      throw feed.unreadable("a number is missing");
    }
    feed.take(HOOK, "?", at - feed.at, true);
    if (feed.nextIsOneOf(",") && kind == LIMIT) {
      feed.take(COMMA, false);
      int rest = feed.at;
      while (rest < feed.end && !source.isOneOf(rest, ",", ")", "on", "returning")) {
        rest = source.is(rest, "(") ? source.closer(rest) + 1 : rest + 1;
      }
      feed.take(HOOK, "?", rest - feed.at, true);
    }
    return true;
  }

  private void fetch() {
    begin(LIMIT, 2, Clause.WHERE);
    if (feed.nextIsOneOf("row", "rows")) {
      feed.insert(HOOK, Phrasing.NO_ITEMS, true);
    } else {
      int at = feed.at;
      while (at < feed.end && !source.isOneOf(at, "row", "rows", ")")) {
        at = source.is(at, "(") ? source.closer(at) + 1 : at + 1;
      }
      feed.take(HOOK, "?", at - feed.at, true);
    }
    while (feed.nextIsOneOf("row", "rows", "only", "with", "ties")) {
      feed.drop(1);
    }
  }

  /** {@code FOR UPDATE OF t SKIP LOCKED} changes nothing of what is read. */
  private boolean lock() {
    boolean lock =
        source.isOneOf(feed.at + 1, "update", "share")
            || source.are(feed.at + 1, "no", "key", "update")
            || source.are(feed.at + 1, "key", "share");
    if (!lock || !source.isPostgresql()) {
      return false;
    }
    while (feed.at < feed.end && !feed.nextIsOneOf(")", "limit", "offset", "fetch", "union")) {
      feed.drop(1);
    }
    return true;
  }
}
