package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.ALL;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.AS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.BY;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DISTINCT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ELSE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.END;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.EXCEPT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FROM;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.GROUP;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HAVING;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.INTERSECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ORDER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SELECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.THEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.UNION;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHERE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WINDOW;

import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;

/** Words that begin another part of a query, or of an expression, behind an operand. */
final class ClauseWords {

  private final Feed feed;
  private final Source source;
  private final CallWords calls;
  private final BoundWords bounds;

  ClauseWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
    calls = new CallWords(feed);
    bounds = new BoundWords(feed);
  }

  boolean read(String word) {
    Frame frame = feed.frame();
    if (frame.type == Frame.Type.CASE) {
      return branch(word) || calls.behind(word);
    }
    if (frame.type == Frame.Type.CALL && calls.argument(word)) {
      return true;
    }
    if (frame.type == Frame.Type.WINDOW && calls.window(word)) {
      return true;
    }
    return calls.behind(word)
        || (frame.type != Frame.Type.CALL && (clause(word) || bounds.read(word)));
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
      case "asc", "desc", "nulls", "using" -> {
        return calls.order(word);
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

  private boolean combination(String word) {
    boolean all = source.isOneOf(feed.at + 1, "all", "distinct");
    if (!source.isOneOf(feed.at + (all ? 2 : 1), "select", "values", "(", "table", "with")) {
      return false;
    }
    feed.countOperator();
    int operators = feed.frame().operators;
    begin(combiner(word), 1, Clause.START);
    feed.frame().operators = operators;
    feed.frame().select = false;
    if (all) {
      feed.take(feed.nextIsOneOf("all") ? ALL : DISTINCT, false);
    }
    return true;
  }

  /** In SQLite all of them bind alike, so they all come as UNION: which it is, the source tells. */
  private int combiner(String word) {
    if (word.equals("union") || !source.isPostgresql()) {
      return UNION;
    }
    return word.equals("except") ? EXCEPT : INTERSECT;
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
}
