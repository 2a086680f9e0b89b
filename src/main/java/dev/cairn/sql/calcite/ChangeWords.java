package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.AND;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_DEFAULT_VALUES;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_DO_NOTHING;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_DO_UPDATE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_FOR_KEY;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_MATCHED;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_NOT_MATCHED;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_NOT_MATCHED_BY_SOURCE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_ON_CONFLICT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_ON_CONSTRAINT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DELETE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FROM;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.INSERT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.INTO;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.MERGE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.ON;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RETURNING;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SET;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.THEN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.UPDATE;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.USING;

import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;

/** Words of statements that change rows. */
final class ChangeWords {

  private final Feed feed;
  private final Source source;

  ChangeWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  /** Reads a verb, or what follows one. */
  boolean before(String word) {
    Frame frame = feed.frame();
    if (frame.verb.equals("merge") && frame.clause == Clause.CONFLICT) {
      return action(word);
    }
    if (!frame.verb.isEmpty()
        || (frame.clause != Clause.START && frame.clause != Clause.WITH)
        || feed.outer() != null) {
      return frame.clause == Clause.TARGET && word.equals("only") && only();
    }
    switch (word) {
      case "insert" -> verb(word, INSERT, INTO);
      case "replace" -> {
        if (!source.is(feed.at + 1, "into")) {
          return false;
        }
        verb("insert", INSERT, INTO);
      }
      case "update" -> verb(word, UPDATE, -1);
      case "delete" -> verb(word, DELETE, FROM);
      case "merge" -> verb(word, MERGE, INTO);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void verb(String verb, int kind, int preposition) {
    Frame frame = feed.frame();
    frame.verb = verb;
    frame.clause = Clause.TARGET;
    frame.table = Table.EXPECTED;
    feed.take(kind, false);
    if (feed.nextIsOneOf("or")) {
      feed.drop(2);
    }
    if (preposition >= 0 && feed.nextIsOneOf("into", "from")) {
      feed.take(preposition, false);
    }
    only();
    // A table may bear any name.
    boolean clause = feed.next("set") && !source.isOneOf(feed.at + 1, "set", "as", ".");
    feed.nameNext = !clause;
  }

  private boolean only() {
    if (source.isPostgresql() && feed.nextIsOneOf("only") && source.isName(feed.at + 1)) {
      feed.drop(1);
      return true;
    }
    return false;
  }

  /** Reads a word behind an operand. */
  boolean after(String word) {
    Frame frame = feed.frame();
    if (frame.verb.isEmpty()) {
      return false;
    }
    switch (word) {
      case "set" -> {
        if (frame.clause != Clause.TARGET) {
          return false;
        }
        feed.take(SET, false);
        assignments();
      }
      case "default" -> {
        return frame.clause == Clause.TARGET && defaultValues();
      }
      case "overriding" -> {
        if (frame.clause != Clause.TARGET && frame.clause != Clause.CONFLICT) {
          return false;
        }
        feed.drop(3);
        feed.operand = true;
      }
      case "returning" -> {
        frame.clause = Clause.SELECT;
        frame.select = false;
        feed.take(RETURNING, false);
        if (feed.next("with", "(")) {
          feed.drop(source.closer(feed.at + 1) + 1 - feed.at);
        }
      }
      case "using" -> {
        return using();
      }
      case "for" -> {
        return forKey();
      }
      case "on" -> {
        return conflict();
      }
      case "when" -> {
        return frame.verb.equals("merge") && when();
      }
      case "then" -> {
        if (!frame.verb.equals("merge")) {
          return false;
        }
        frame.clause = Clause.CONFLICT;
        feed.take(THEN, false);
      }
      case "do" -> {
        return doIt();
      }
      case "values" -> {
        if (frame.clause != Clause.CONFLICT) {
          return false;
        }
        frame.clause = Clause.SELECT;
        feed.take(CairnSqlParserConstants.VALUES, false);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void assignments() {
    Frame frame = feed.frame();
    frame.clause = Clause.SET;
    frame.assign = true;
    frame.select = false;
    frame.operators = 0;
  }

  private boolean defaultValues() {
    if (!source.is(feed.at + 1, "values")) {
      return false;
    }
    feed.take(CAIRN_DEFAULT_VALUES, "?", 2, true);
    return true;
  }

  private boolean using() {
    Frame frame = feed.frame();
    boolean merge = frame.verb.equals("merge");
    if (frame.clause != Clause.TARGET || !(merge || frame.verb.equals("delete"))) {
      return false;
    }
    feed.take(USING, false);
    frame.clause = Clause.FROM;
    frame.table = Table.EXPECTED;
    return true;
  }

  /** The table whose whole key the statement is to be joined over. */
  private boolean forKey() {
    Frame frame = feed.frame();
    boolean change = frame.verb.equals("update") || frame.verb.equals("delete");
    if (!change || !TableWords.isForKey(source, feed.at) || frame.clause == Clause.WHERE) {
      return false;
    }
    feed.take(CAIRN_FOR_KEY, "?", 2, false);
    frame.clause = Clause.TARGET;
    frame.table = Table.EXPECTED;
    feed.nameNext = true;
    return true;
  }

  private boolean conflict() {
    Frame frame = feed.frame();
    if (frame.verb.equals("merge") && frame.clause == Clause.FROM) {
      frame.clause = Clause.WHERE;
      feed.take(ON, false);
      return true;
    }
    if (!source.is(feed.at + 1, "conflict") || !frame.verb.equals("insert")) {
      return false;
    }
    frame.clause = Clause.CONFLICT;
    frame.select = false;
    frame.operators = 0;
    feed.take(CAIRN_ON_CONFLICT, "?", 2, true);
    if (feed.next("on", "constraint")) {
      feed.take(CAIRN_ON_CONSTRAINT, "?", 2, false);
      feed.nameNext = true;
    } else if (feed.nextIsOneOf("(")) {
      feed.operand = false;
      feed.opensNext = Frame.Type.PLAIN;
    }
    return true;
  }

  private boolean doIt() {
    if (source.is(feed.at + 1, "nothing")) {
      feed.take(CAIRN_DO_NOTHING, "?", 2, true);
      return true;
    }
    if (source.are(feed.at + 1, "update", "set")) {
      feed.take(CAIRN_DO_UPDATE, "?", 3, false);
      assignments();
      return true;
    }
    return false;
  }

  private boolean when() {
    boolean not = source.is(feed.at + 1, "not");
    int matched = feed.at + (not ? 2 : 1);
    if (!source.is(matched, "matched")) {
      return false;
    }
    boolean by = source.is(matched + 1, "by");
    boolean bySource = by && source.is(matched + 2, "source");
    int kind = bySource ? CAIRN_NOT_MATCHED_BY_SOURCE : not ? CAIRN_NOT_MATCHED : CAIRN_MATCHED;
    feed.take(kind, "?", matched + (by ? 3 : 1) - feed.at, true);
    feed.frame().clause = Clause.WHERE;
    feed.frame().operators = 0;
    if (feed.nextIsOneOf("and")) {
      feed.take(AND, false);
    }
    return true;
  }

  /** What a WHEN of a MERGE does. */
  private boolean action(String word) {
    switch (word) {
      case "insert" -> {
        feed.take(INSERT, true);
        if (feed.nextIsOneOf("(")) {
          feed.operand = false;
          feed.opensNext = Frame.Type.NAMES;
        } else if (feed.nextIsOneOf("overriding")) {
          feed.drop(3);
        }
        return !feed.nextIsOneOf("default") || defaultValues();
      }
      case "update" -> {
        feed.take(UPDATE, false);
        if (feed.nextIsOneOf("set")) {
          feed.take(SET, false);
          assignments();
        }
      }
      case "delete" -> feed.take(DELETE, true);
      case "do" -> {
        return doIt();
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
