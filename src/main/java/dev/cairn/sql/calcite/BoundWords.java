package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.COMMA;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LIMIT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.OFFSET;

import dev.cairn.sql.TokenKind;
import dev.cairn.sql.calcite.Frame.Clause;

/** Words that say how many rows of a query are wanted, or lock them. */
final class BoundWords {

  private final Feed feed;
  private final Source source;

  BoundWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean read(String word) {
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
    begin(kind, words);
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
    begin(LIMIT, 2);
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

  private void begin(int kind, int words) {
    feed.frame().clause = Clause.WHERE;
    feed.take(kind, "?", words, false);
  }
}
