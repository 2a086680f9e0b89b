package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.AS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CROSS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FULL;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.INNER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.JOIN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LEFT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.NATURAL;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ON;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.OUTER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RIGHT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.USING;

import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;

/** Words behind a table: joins, aliases, hints. */
final class TableWords {

  private final Feed feed;
  private final Source source;

  TableWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean read(String word) {
    Frame frame = feed.frame();
    if (frame.clause == Clause.TARGET) {
      return hint(word) || alias(word);
    }
    if (!frame.inFrom()) {
      return false;
    }
    return hint(word) || alias(word) || join(word) || condition(word);
  }

  private boolean alias(String word) {
    if (!word.equals("as") || feed.frame().clause == Clause.ON) {
      return false;
    }
    if (feed.frame().using) {
      feed.frame().using = false;
      feed.drop(2);
      return true;
    }
    feed.take(AS, false);
    if (feed.nextIsOneOf("(")) {
      feed.insert(IDENTIFIER, Phrasing.NO_ALIAS, true);
      feed.frame().table = Table.ALIASED;
    } else {
      feed.nameNext = true;
    }
    return true;
  }

  private boolean join(String word) {
    int at = feed.at;
    while (source.isOneOf(at, "natural", "inner", "left", "right", "full", "cross", "outer")) {
      at++;
    }
    if (!source.is(at, "join")) {
      return false;
    }
    feed.frame().using = false;
    feed.countOperator();
    while (feed.at < at) {
      feed.take(kind(source.word(feed.at)), false);
    }
    feed.take(JOIN, false);
    feed.frame().clause = Clause.FROM;
    feed.frame().table = Table.EXPECTED;
    return !word.isEmpty();
  }

  private static int kind(String word) {
    return switch (word) {
      case "natural" -> NATURAL;
      case "inner" -> INNER;
      case "left" -> LEFT;
      case "right" -> RIGHT;
      case "full" -> FULL;
      case "cross" -> CROSS;
      default -> OUTER;
    };
  }

  private boolean condition(String word) {
    if (word.equals("on") && !source.is(feed.at + 1, "conflict")) {
      feed.frame().clause = Clause.ON;
      feed.frame().operators = 0;
      feed.take(ON, false);
      return true;
    }
    if (word.equals("using") && source.is(feed.at + 1, "(") && !feed.frame().verb.equals("merge")) {
      feed.take(USING, false);
      feed.opensNext = Frame.Type.NAMES;
      feed.frame().using = true;
      return true;
    }
    return false;
  }

  /** What says how to read a table, and changes nothing of what is read. */
  private boolean hint(String word) {
    switch (word) {
      case "indexed" -> {
        return source.is(feed.at + 1, "by") && dropped(3);
      }
      case "not" -> {
        return source.is(feed.at + 1, "indexed") && dropped(2);
      }
      case "with" -> {
        return source.is(feed.at + 1, "ordinality") && dropped(2);
      }
      case "tablesample" -> {
        return sample();
      }
      case "for" -> {
        return forKey();
      }
      default -> {
        return false;
      }
    }
  }

  private boolean dropped(int count) {
    feed.drop(count);
    return true;
  }

  private boolean sample() {
    int at = feed.at + 1;
    while (source.is(at, ".") || (source.isName(at) && !source.is(at, "repeatable"))) {
      at++;
    }
    if (!source.is(at, "(")) {
      return false;
    }
    at = source.closer(at) + 1;
    if (source.is(at, "repeatable") && source.is(at + 1, "(")) {
      at = source.closer(at + 1) + 1;
    }
    return dropped(at - feed.at);
  }

  /** {@code JOIN parent FOR KEY}: what follows is no table of its own. */
  private boolean forKey() {
    boolean ours = feed.frame().clause == Clause.FROM && isForKey(source, feed.at);
    boolean named = source.isName(feed.at + 2) && !endsTable(source, feed.at + 2);
    return ours && !named && dropped(2);
  }

  static boolean isForKey(Source source, int at) {
    return source.are(at, "for", "key") && !source.is(at + 2, "share");
  }

  private static boolean endsTable(Source source, int at) {
    return source.isOneOf(
        at,
        "where",
        "join",
        "inner",
        "left",
        "right",
        "full",
        "cross",
        "natural",
        "on",
        "using",
        "group",
        "order",
        "having",
        "limit",
        "offset",
        "fetch",
        "union",
        "intersect",
        "except",
        "window",
        "returning",
        "for",
        "set");
  }
}
