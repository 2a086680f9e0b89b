package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_IN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_INFIX;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CAIRN_POSTFIX;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.COMMA;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.CROSS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.DOT;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.EQ;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.HOOK;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.JOIN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.MINUS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.PLUS;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.RPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.STAR;

import dev.cairn.sql.TokenKind;
import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;
import java.util.BitSet;
import java.util.List;

/**
 * Puts SQLite's and PostgreSQL's SQL into the words that Calcite's grammar knows, token by token.
 *
 * <p>Calcite's grammar is asked for structure only: which word is a keyword and which a name is
 * decided here by what stands around it, every constant becomes a parameter, every operator one of
 * three kinds with a precedence of its own. What a token really is, the readers of the tree look up
 * in the source at its place.
 */
final class Phrasing {

  /** Stand for themselves in a tree: no text can spell them. */
  static final String NO_TABLE = "\u0001none";

  static final String NO_ITEMS = "\u0001empty";
  static final String DISTINCT_ON = "\u0001distinct on";
  static final String ORDERED = "\u0001order";
  static final String NO_ALIAS = "\u0001alias";

  private final Source source;
  private final Feed feed;
  private final Words words;

  private Phrasing(Source source, int from, int to, BitSet dropped) {
    this.source = source;
    this.feed = new Feed(source, from, to, dropped);
    this.words = new Words(feed);
  }

  /**
   * Returns the tokens for the source's from {@code from} up to and excluding {@code to}; marks
   * those that were left out.
   *
   * @throws Unreadable for what can't be put into Calcite's words
   */
  static List<FedToken> of(Source source, int from, int to, BitSet dropped) {
    Phrasing phrasing = new Phrasing(source, from, to, dropped);
    while (phrasing.feed.at < to) {
      phrasing.step();
    }
    return phrasing.feed.tokens;
  }

  private void step() {
    switch (source.kind(feed.at)) {
      case WORD -> word();
      case QUOTED_NAME -> words.name();
      case STRING -> string();
      case OPERATOR -> mark(source.word(feed.at));
      default -> feed.take(HOOK, true);
    }
  }

  private void word() {
    boolean qualified = source.is(feed.at - 1, ".") || source.is(feed.at + 1, ".");
    if (qualified || words.mustBeName() || !words.keyword()) {
      words.name();
    }
  }

  private void string() {
    Frame frame = feed.frame();
    boolean table = frame.clause == Clause.TARGET || frame.clause == Clause.FROM;
    boolean name = feed.operand || table || frame.type == Frame.Type.NAMES || words.mustBeName();
    if (name && !source.isPostgresql()) {
      words.name();
      return;
    }
    int count = 1;
    while (source.isPostgresql() && source.kind(feed.at + count) == TokenKind.STRING) {
      count++;
    }
    boolean escape = source.isPostgresql() && source.is(feed.at + count, "uescape");
    feed.take(HOOK, "?", escape ? count + 2 : count, true);
  }

  private void mark(String mark) {
    switch (mark) {
      case "(" -> open();
      case ")" -> close();
      case "[" -> bracket();
      case "]" -> {
        feed.pop();
        feed.take(RPAREN, true);
      }
      case "," -> comma();
      case "." -> dot();
      case "::" ->
          feed.take(
              CAIRN_POSTFIX,
              Precedence.image("::", source.flavour()),
              TypeNames.end(source, feed.at + 1) - feed.at,
              true);
      case "=>", ":=" -> throw feed.unreadable("a named argument where none is expected");
      case ":" -> slice();
      default -> operator(mark);
    }
  }

  private void operator(String mark) {
    if (feed.operand && mark.equals("*") && expectsTables()) {
      feed.drop(1);
    } else if (!feed.operand && mark.equals("*")) {
      feed.take(STAR, true);
    } else if (feed.operand || !isPrefix(mark)) {
      infix(mark);
    } else {
      feed.countOperator();
      feed.take(mark.equals("+") ? PLUS : MINUS, false);
    }
  }

  /** Whether it may stand in front of an operand; anywhere else it is for the parser to refuse. */
  private boolean isPrefix(String mark) {
    return switch (mark) {
      case "+", "-", "~" -> true;
      case "@", "|/", "||/", "!!", "@-@", "@@", "#", "?-", "?|" -> source.isPostgresql();
      default -> false;
    };
  }

  /** PostgreSQL's {@code t *} is t with the tables that inherit from it. */
  private boolean expectsTables() {
    Clause clause = feed.frame().clause;
    return clause == Clause.FROM || clause == Clause.TARGET;
  }

  private void infix(String mark) {
    Frame frame = feed.frame();
    if (frame.assign && mark.equals("=")) {
      frame.assign = false;
      feed.take(EQ, false);
      return;
    }
    feed.countOperator();
    feed.take(CAIRN_INFIX, Precedence.image(mark, source.flavour()), 1, false);
  }

  private void open() {
    Frame frame = feed.frame();
    Frame inner = new Frame(words.opened());
    inner.call = inner.type == Frame.Type.CALL ? source.word(feed.at - 1) : "";
    inner.closesTwice = feed.closesTwice;
    inner.closesThrice = feed.closesThrice;
    feed.closesTwice = false;
    feed.closesThrice = false;
    boolean table = frame.clause == Clause.FROM && frame.table == Table.EXPECTED && !feed.operand;
    if (table && inner.type == Frame.Type.PLAIN && !words.startsQuery(feed.at + 1)) {
      inner.clause = Clause.FROM;
    }
    boolean nothing = source.is(feed.at + 1, ")") && feed.lastKind() == CAIRN_IN;
    feed.take(LPAREN, false);
    feed.push(inner);
    if (nothing) {
      feed.insert(IDENTIFIER, NO_ITEMS, true);
    }
  }

  private void close() {
    Frame closed = feed.pop();
    if (closed.type == Frame.Type.CASE) {
      throw feed.unreadable("a CASE without its END");
    }
    feed.take(RPAREN, true);
    if (closed.closesTwice) {
      feed.insert(RPAREN, ")", true);
    }
    if (closed.closesThrice) {
      feed.insert(RPAREN, ")", true);
    }
    if (closed.commaFollows) {
      feed.insert(COMMA, ",", false);
    }
    Frame frame = feed.frame();
    if (frame.clause == Clause.FROM && frame.table == Table.EXPECTED) {
      frame.table = Table.NAMED;
    }
  }

  /** PostgreSQL's {@code ARRAY[…]} and {@code a[1]}; in SQLite brackets are quotes. */
  private void bracket() {
    if ((feed.frame().assign || feed.frame().type == Frame.Type.NAMES) && feed.operand) {
      feed.drop(source.closer(feed.at) + 1 - feed.at);
      return;
    }
    if (feed.operand && feed.lastKind() == IDENTIFIER && source.is(feed.at - 1, "array")) {
      feed.take(LPAREN, false);
    } else if (feed.operand) {
      feed.tokens.add(
          new FedToken(
              CAIRN_INFIX,
              Precedence.image("[]", source.flavour()),
              source.start(feed.at),
              source.end(feed.at)));
      feed.take(LPAREN, false);
    } else {
      feed.take(LPAREN, false);
    }
    feed.push(new Frame(Frame.Type.CALL));
    if (source.is(feed.at, ":")) {
      feed.insert(IDENTIFIER, NO_ITEMS, true);
    }
  }

  private void slice() {
    feed.take(COMMA, false);
    if (source.is(feed.at, "]")) {
      feed.insert(IDENTIFIER, NO_ITEMS, true);
    }
  }

  private void comma() {
    Frame frame = feed.frame();
    frame.operators = 0;
    frame.using = false;
    if (frame.inFrom()) {
      frame.clause = Clause.FROM;
      frame.table = Table.EXPECTED;
      if (!source.isPostgresql()) {
        feed.insert(CROSS, ",", false);
        feed.take(JOIN, false);
        return;
      }
    }
    frame.assign = frame.clause == Clause.SET;
    feed.take(COMMA, false);
  }

  private void dot() {
    if (feed.frame().type == Frame.Type.NAMES) {
      feed.drop(2);
    } else if (feed.lastKind() == RPAREN) {
      feed.take(CAIRN_POSTFIX, Precedence.image(".", source.flavour()), 2, true);
    } else {
      feed.take(DOT, false);
    }
  }
}
