package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_IN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_INFIX;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_POSTFIX;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.COMMA;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DOT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.FROM;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.SELECT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.STAR;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.TABLE;

import java.util.Locale;

/** Operators that are words, behind an operand. */
final class OperatorWords {

  private final Feed feed;
  private final Source source;

  OperatorWords(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
  }

  boolean read(String word) {
    switch (word) {
      case "and" -> and();
      case "or" -> infix("OR", 1);
      case "between" -> between(1);
      case "in" -> in(1);
      case "is" -> is();
      case "isnull" -> postfix("ISNULL", 1);
      case "notnull" -> postfix("NOTNULL", 1);
      case "not" -> {
        return not();
      }
      case "escape" -> infix("ESCAPE", 1);
      case "collate" -> {
        infix("COLLATE", 1);
        feed.nameNext = true;
      }
      default -> {
        return pattern(word, "", 0) || postgresql(word);
      }
    }
    return true;
  }

  private void infix(String operator, int count) {
    feed.countOperator();
    feed.take(CAIRN_INFIX, Precedence.image(operator, source.flavour()), count, false);
  }

  private void postfix(String operator, int count) {
    feed.countOperator();
    feed.take(CAIRN_POSTFIX, Precedence.image(operator, source.flavour()), count, true);
  }

  private void and() {
    Frame frame = feed.frame();
    if (frame.betweens > 0) {
      frame.betweens--;
      infix("BETWEEN AND", 1);
    } else {
      infix("AND", 1);
    }
  }

  private void between(int count) {
    boolean not = count > 1;
    feed.frame().betweens++;
    boolean symmetric = source.is(feed.at + count, "symmetric");
    infix((not ? "NOT " : "") + "BETWEEN" + (symmetric ? " SYMMETRIC" : ""), count);
    if (feed.nextIsOneOf("symmetric", "asymmetric")) {
      feed.drop(1);
    }
  }

  private boolean not() {
    switch (source.word(feed.at + 1)) {
      case "null" -> postfix("NOTNULL", 2);
      case "in" -> in(2);
      case "between" -> between(2);
      default -> {
        return pattern(source.word(feed.at + 1), "NOT ", 1);
      }
    }
    return true;
  }

  private boolean pattern(String word, String prefix, int skipped) {
    boolean here =
        switch (word) {
          case "like" -> true;
          case "glob", "regexp", "match" -> !source.isPostgresql();
          case "ilike" -> source.isPostgresql();
          case "similar" -> source.isPostgresql() && source.is(feed.at + skipped + 1, "to");
          default -> false;
        };
    if (here) {
      boolean similar = word.equals("similar");
      String operator = prefix + word.toUpperCase(Locale.ROOT) + (similar ? " TO" : "");
      infix(operator, skipped + (similar ? 2 : 1));
    }
    return here;
  }

  private void in(int count) {
    if (feed.frame().type == Frame.Type.CALL && feed.frame().call.equals("position")) {
      feed.take(COMMA, false);
      return;
    }
    feed.countOperator();
    String operator = count > 1 ? "NOT IN" : "IN";
    feed.take(CAIRN_IN, Precedence.image(operator, source.flavour()), count, false);
    if (!feed.nextIsOneOf("(") && !source.isPostgresql()) {
      inTable();
    }
  }

  /** SQLite's {@code x IN t} and {@code x IN f(1)}. */
  private void inTable() {
    feed.insert(LPAREN, "(", false);
    int last = feed.at;
    while (source.is(last + 1, ".")) {
      last += 2;
    }
    boolean call = source.is(last + 1, "(");
    if (call) {
      feed.insert(SELECT, "select", false);
      feed.insert(STAR, "*", false);
      feed.insert(FROM, "from", false);
      feed.insert(TABLE, "table", false);
      feed.insert(LPAREN, "(", false);
    } else {
      feed.insert(TABLE, "table", false);
    }
    while (feed.at <= last) {
      feed.take(source.is(feed.at, ".") ? DOT : IDENTIFIER, true);
    }
    feed.closesTwice = call;
    feed.closesThrice = call;
    if (!call) {
      feed.insert(RPAREN, ")", true);
    }
  }

  private void is() {
    int at = feed.at + (source.is(feed.at + 1, "not") ? 2 : 1);
    boolean not = at == feed.at + 2;
    String word = source.word(at);
    int count = at + 1 - feed.at;
    if (word.equals("null")) {
      postfix(not ? "NOTNULL" : "ISNULL", count);
    } else if (word.equals("distinct") && source.is(at + 1, "from")) {
      infix(not ? "IS" : "IS NOT", count + 1);
    } else if (isTruth(word) && !source.isOneOf(at + 1, "(", ".")) {
      postfix("IS " + (not ? "NOT " : "") + word.toUpperCase(Locale.ROOT), count);
    } else if (source.isPostgresql()) {
      form(at, not);
    } else {
      infix(not ? "IS NOT" : "IS", not ? 2 : 1);
    }
  }

  private boolean isTruth(String word) {
    return word.equals("true")
        || word.equals("false")
        || (source.isPostgresql() && word.equals("unknown"));
  }

  /** {@code IS JSON ARRAY}, {@code IS NFC NORMALIZED}, {@code IS DOCUMENT}. */
  private void form(int from, boolean not) {
    int at = from;
    while (source.isOneOf(
        at,
        "json",
        "object",
        "array",
        "scalar",
        "value",
        "with",
        "without",
        "unique",
        "keys",
        "nfc",
        "nfd",
        "nfkc",
        "nfkd",
        "normalized",
        "document")) {
      at++;
    }
    if (at == from) {
      throw feed.unreadable("IS with something unknown");
    }
    postfix((not ? "IS NOT " : "IS ") + source.word(from).toUpperCase(Locale.ROOT), at - feed.at);
  }

  private boolean postgresql(String word) {
    if (!source.isPostgresql()) {
      return false;
    }
    if (word.equals("at") && source.are(feed.at + 1, "time", "zone")) {
      infix("AT TIME ZONE", 3);
    } else if (word.equals("at") && source.is(feed.at + 1, "local")) {
      postfix("AT LOCAL", 2);
    } else if (word.equals("overlaps")) {
      infix("OVERLAPS", 1);
    } else if (word.equals("operator") && source.is(feed.at + 1, "(")) {
      int close = source.closer(feed.at + 1);
      String operator = source.word(close - 1);
      infix(operator, close + 1 - feed.at);
    } else {
      return false;
    }
    return true;
  }
}
