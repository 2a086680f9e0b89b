package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.BY;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.COMMA;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DESC;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FILTER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.GROUP;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.OVER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.WITHIN;

import dev.cairn.sql.calcite.Frame.Clause;

/** Words in a function's parentheses, and behind them. */
final class CallWords {

  private final Feed feed;
  private final Source source;

  CallWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean argument(String word) {
    Frame frame = feed.frame();
    switch (word) {
      case "as" -> {
        if (!frame.call.equals("cast")) {
          feed.drop(2);
          return true;
        }
        feed.take(COMMA, false);
        feed.take(HOOK, "?", Math.max(1, TypeNames.end(source, feed.at) - feed.at), true);
        skipToClose();
      }
      case "from", "for", "placing", "passing" -> feed.take(COMMA, false);
      case "value" -> {
        if (!frame.call.startsWith("json_object")) {
          return false;
        }
        feed.take(COMMA, false);
      }
      case "returning", "columns", "absent", "default", "error" -> skipToClose();
      case "order" -> {
        feed.insert(COMMA, ",", false);
        feed.insert(IDENTIFIER, Phrasing.ORDERED, true);
        feed.insert(COMMA, ",", false);
        feed.drop(2);
        frame.ordered = true;
      }
      case "asc", "desc", "nulls", "using" -> {
        return order(word);
      }
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

  boolean window(String word) {
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
  boolean behind(String word) {
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

  boolean order(String word) {
    Frame frame = feed.frame();
    boolean ordered = frame.clause == Clause.ORDER || frame.ordered || inConflictTarget();
    if (!ordered) {
      return false;
    }
    if (word.equals("nulls") || word.equals("using")) {
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
}
