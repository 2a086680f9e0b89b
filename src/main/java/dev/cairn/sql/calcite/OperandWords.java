package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.ALL;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.BY;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CASE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CUBE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DISTINCT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.GROUPING;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.NOT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ORDER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.PARTITION;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RECURSIVE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ROLLUP;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SELECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SETS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.TABLE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.VALUES;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WHERE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WITH;

import dev.cairn.sql.TokenKind;
import dev.cairn.sql.calcite.Frame.Clause;

/** Words where an operand, a table or a query is expected. */
final class OperandWords {

  private final Feed feed;
  private final Source source;

  OperandWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean read(String word) {
    if (feed.frame().clause == Clause.FROM) {
      return table(word) || query(word);
    }
    return query(word) || inFrame(word) || constant(word) || prefix(word) || typedLiteral();
  }

  private boolean query(String word) {
    switch (word) {
      case "select" -> select();
      case "values" -> {
        if (!source.isOneOf(feed.at + 1, "(", "row")) {
          return false;
        }
        feed.frame().clause = Clause.SELECT;
        feed.take(VALUES, false);
        if (feed.next("row", "(")) {
          feed.drop(1);
        }
      }
      case "with" -> {
        if (!source.isName(feed.at + 1)) {
          return false;
        }
        feed.frame().clause = Clause.WITH;
        feed.take(WITH, false);
        if (feed.nextIsOneOf("recursive")
            && source.isName(feed.at + 1)
            && !source.is(feed.at + 1, "as")) {
          feed.take(RECURSIVE, false);
        }
        feed.nameNext = true;
      }
      case "table" -> {
        if (!source.isPostgresql() || !source.isName(feed.at + 1)) {
          return false;
        }
        feed.frame().clause = Clause.WHERE;
        feed.take(TABLE, false);
        if (feed.nextIsOneOf("only") && source.isName(feed.at + 1)) {
          feed.drop(1);
        }
        feed.nameNext = true;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void select() {
    Frame frame = feed.frame();
    frame.clause = Clause.SELECT;
    frame.select = true;
    frame.from = false;
    feed.take(SELECT, false);
    if (feed.next("distinct", "on", "(")) {
      feed.take(DISTINCT, false);
      feed.take(IDENTIFIER, Phrasing.DISTINCT_ON, 1, true);
      Frame on = new Frame(Frame.Type.CALL);
      on.commaFollows = true;
      feed.take(LPAREN, false);
      feed.push(on);
    } else if (feed.nextIsOneOf("distinct")) {
      feed.take(DISTINCT, false);
    } else if (feed.nextIsOneOf("all")) {
      feed.take(ALL, false);
    }
    boolean empty =
        feed.at >= feed.end
            || feed.nextIsOneOf("from", "where", ")", "union", "intersect", "except", "limit");
    if (empty && source.isPostgresql()) {
      feed.insert(IDENTIFIER, Phrasing.NO_ITEMS, true);
    }
  }

  private boolean table(String word) {
    boolean dropped =
        switch (word) {
          case "lateral" -> source.is(feed.at + 1, "(") || source.isName(feed.at + 1);
          case "only" -> source.isName(feed.at + 1) || source.is(feed.at + 1, "(");
          default -> false;
        };
    if (source.isPostgresql() && feed.next("rows", "from", "(")) {
      feed.insert(TABLE, "table", false);
      feed.insert(LPAREN, "(", false);
      feed.closesTwice = true;
      feed.take(IDENTIFIER, "rows", 2, true);
      feed.frame().table = Frame.Table.NAMED;
      return true;
    }
    if (dropped && source.isPostgresql()) {
      feed.drop(1);
      return true;
    }
    return false;
  }

  private boolean inFrame(String word) {
    Frame frame = feed.frame();
    switch (frame.type) {
      case CASE -> {
        if (word.equals("when")) {
          feed.take(WHEN, false);
          return true;
        }
      }
      case FILTER -> {
        if (word.equals("where")) {
          feed.take(WHERE, false);
          return true;
        }
      }
      case WINDOW -> {
        return window(word);
      }
      case CALL -> {
        return argument(word);
      }
      default -> {
        return frame.clause == Clause.GROUP && grouping(word);
      }
    }
    return false;
  }

  private boolean window(String word) {
    if (word.equals("partition") && source.is(feed.at + 1, "by")) {
      feed.take(PARTITION, false);
      feed.take(BY, false);
    } else if (word.equals("order") && source.is(feed.at + 1, "by")) {
      feed.frame().clause = Clause.ORDER;
      feed.take(ORDER, false);
      feed.take(BY, false);
    } else if (source.isOneOf(feed.at, "rows", "range", "groups") && source.is(feed.at - 1, "(")) {
      feed.drop(source.closer(feed.at - 1) - feed.at);
    } else {
      return false;
    }
    return true;
  }

  /** What PostgreSQL's functions take besides arguments. */
  private boolean argument(String word) {
    boolean first = source.is(feed.at - 1, "(");
    switch (word) {
      case "distinct" -> {
        if (!first) {
          return false;
        }
        feed.take(DISTINCT, false);
      }
      case "all" -> {
        if (!first || source.is(feed.at + 1, "(")) {
          return false;
        }
        feed.drop(1);
      }
      case "both", "leading", "trailing", "from" -> {
        if (!feed.frame().call.equals("trim")) {
          return false;
        }
        feed.drop(1);
      }
      case "variadic" -> feed.drop(1);
      case "name" -> {
        if (!feed.frame().call.equals("xmlelement") || !source.isName(feed.at + 1)) {
          return false;
        }
        feed.take(HOOK, "?", 2, true);
      }
      case "content", "document" -> {
        if (!feed.frame().call.startsWith("xml")) {
          return false;
        }
        feed.drop(1);
      }
      default -> {
        return field(first) || named();
      }
    }
    return true;
  }

  /** The field of EXTRACT and the first word of RAISE are no columns. */
  private boolean field(boolean first) {
    String call = feed.frame().call;
    boolean field = call.equals("extract") && source.is(feed.at + 1, "from");
    boolean raise = call.equals("raise") && source.isOneOf(feed.at + 1, ",", ")");
    if (first && (field || raise)) {
      feed.take(HOOK, true);
      return true;
    }
    return false;
  }

  private boolean named() {
    if (source.isOneOf(feed.at + 1, "=>", ":=")) {
      feed.drop(2);
      return true;
    }
    return false;
  }

  private boolean grouping(String word) {
    if (word.equals("distinct") || word.equals("all")) {
      feed.take(word.equals("all") ? ALL : DISTINCT, false);
      return true;
    }
    if (word.equals("grouping") && source.is(feed.at + 1, "sets")) {
      feed.take(GROUPING, false);
      feed.take(SETS, false);
      return true;
    }
    if (source.is(feed.at + 1, "(") && (word.equals("rollup") || word.equals("cube"))) {
      feed.take(word.equals("cube") ? CUBE : ROLLUP, false);
      return true;
    }
    return false;
  }

  private boolean constant(String word) {
    if (word.equals("current") && source.is(feed.at + 1, "of") && source.isPostgresql()) {
      feed.take(HOOK, "?", 3, true);
      return true;
    }
    boolean constant =
        switch (word) {
          case "null", "true", "false", "default" -> true;
          case "current_date", "current_time", "current_timestamp" -> !source.is(feed.at + 1, "(");
          case "localtime",
              "localtimestamp",
              "current_user",
              "session_user",
              "user",
              "current_role",
              "current_catalog",
              "current_schema" ->
              source.isPostgresql() && !source.is(feed.at + 1, "(");
          default -> false;
        };
    if (constant) {
      feed.take(HOOK, true);
    }
    return constant;
  }

  private boolean prefix(String word) {
    if (word.equals("not")) {
      feed.countOperator();
      feed.take(NOT, false);
    } else if (word.equals("case")) {
      feed.take(CASE, false);
      feed.push(new Frame(Frame.Type.CASE));
    } else {
      return false;
    }
    return true;
  }

  /** PostgreSQL's {@code date '2020-01-01'} and {@code interval '1' day}. */
  private boolean typedLiteral() {
    if (!source.isPostgresql() || source.isOneOf(feed.at + 1, ",", ")")) {
      return false;
    }
    int type = TypeNames.end(source, feed.at);
    if (source.kind(type) != TokenKind.STRING) {
      return false;
    }
    int end = source.is(feed.at, "interval") ? TypeNames.fields(source, type + 1) : type + 1;
    feed.take(HOOK, "?", end - feed.at, true);
    return true;
  }
}
