package dev.cairn.sql.calcite;

import static dev.cairn.sql.calcite.CairnSqlParserConstants.IDENTIFIER;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.LPAREN;
import static dev.cairn.sql.calcite.CairnSqlParserConstants.TABLE;

import dev.cairn.sql.calcite.Frame.Clause;
import dev.cairn.sql.calcite.Frame.Table;

/** Decides what a word is: a keyword where one fits, else a name. */
final class Words {

  private final Feed feed;
  private final Source source;
  private final OperandWords operands;
  private final OperatorWords operators;
  private final ClauseWords clauses;
  private final TableWords tables;
  private final ChangeWords changes;

  Words(Feed feed) {
    this.feed = feed;
    this.source = feed.source;
    operands = new OperandWords(feed);
    operators = new OperatorWords(feed);
    clauses = new ClauseWords(feed);
    tables = new TableWords(feed);
    changes = new ChangeWords(feed);
  }

  /** Reads the next word as a keyword, if it is one here. */
  boolean keyword() {
    if (feed.frame().type == Frame.Type.NAMES) {
      return false;
    }
    String word = source.word(feed.at);
    if (feed.operand && feed.frame().clause == Clause.WITH && isSearch(word)) {
      skipSearch();
      return true;
    }
    if (feed.operand && endsWithOrTarget(word)) {
      feed.operand = false;
    }
    if (!feed.operand) {
      return changes.before(word) || operands.read(word);
    }
    return operators.read(word) || tables.read(word) || changes.after(word) || clauses.read(word);
  }

  private boolean isSearch(String word) {
    return feed.lastKind() == CairnSqlParserConstants.RPAREN
        && (word.equals("search") || word.equals("cycle"));
  }

  /** How PostgreSQL numbers the rows of a recursive query. */
  private void skipSearch() {
    while (feed.at < feed.end
        && !startsQuery(feed.at)
        && !feed.nextIsOneOf("insert", "update", "delete", "merge")
        && !(feed.nextIsOneOf(",") && source.isOneOf(feed.at + 2, "as", "("))) {
      feed.drop(1);
    }
  }

  /** What follows a WITH list, or the table and columns of an INSERT. */
  private boolean endsWithOrTarget(String word) {
    Clause clause = feed.frame().clause;
    if (clause != Clause.WITH && clause != Clause.TARGET) {
      return false;
    }
    boolean query = startsQuery(feed.at) && (clause == Clause.WITH || isInsert());
    return query
        || (clause == Clause.WITH
            && (word.equals("insert")
                || word.equals("update")
                || word.equals("delete")
                || word.equals("replace")
                || word.equals("merge")));
  }

  private boolean isInsert() {
    return feed.frame().verb.equals("insert") && !feed.nameNext;
  }

  boolean mustBeName() {
    return feed.nameNext;
  }

  boolean startsQuery(int index) {
    return switch (source.word(index)) {
      case "select" -> true;
      case "with" -> source.isName(index + 1);
      case "values" -> source.is(index + 1, "(") || source.are(index + 1, "row", "(");
      case "table" -> source.isPostgresql() && source.isName(index + 1);
      default -> false;
    };
  }

  /** Passes the next token on as a name. */
  void name() {
    Frame frame = feed.frame();
    if (frame.type == Frame.Type.NAMES && feed.operand) {
      skipDefinition();
      return;
    }
    if (feed.operand && isConflictTarget()) {
      feed.drop(1);
      return;
    }
    boolean named = frame.clause == Clause.FROM || frame.clause == Clause.TARGET;
    if (named && !source.is(feed.at - 1, ".")) {
      frame.table = feed.operand || feed.nameNext ? Table.ALIASED : Table.NAMED;
      if (frame.clause == Clause.FROM && frame.table == Table.NAMED) {
        function();
      }
    }
    feed.nameNext = false;
    feed.take(IDENTIFIER, true);
  }

  /**
   * Calcite takes {@code f(g(x))} in FROM for a table with columns of its own, TABLE(f(g(x))) not.
   */
  private void function() {
    int last = feed.at;
    while (source.is(last + 1, ".")) {
      last += 2;
    }
    if (source.is(last + 1, "(")) {
      feed.insert(TABLE, "table", false);
      feed.insert(LPAREN, "(", false);
      feed.closesTwice = true;
    }
  }

  /** Where an operator class may follow a column. */
  private boolean isConflictTarget() {
    return feed.outer() != null && feed.outer().clause == Clause.CONFLICT;
  }

  /** The type of a column in {@code AS t(a int, b text)}. */
  private void skipDefinition() {
    while (feed.at < feed.end && !feed.nextIsOneOf(",", ")")) {
      feed.drop(source.is(feed.at, "(") ? source.closer(feed.at) + 1 - feed.at : 1);
    }
  }

  /** What the parenthesis that comes next opens. */
  Frame.Type opened() {
    Frame.Type said = feed.opensNext;
    feed.opensNext = Frame.Type.PLAIN;
    if (startsQuery(feed.at + 1)) {
      return Frame.Type.PLAIN;
    }
    Frame frame = feed.frame();
    if (!feed.operand) {
      return frame.assign && feed.lastKind() != CairnSqlParserConstants.EQ
          ? Frame.Type.NAMES
          : said;
    }
    if (frame.clause == Clause.TARGET || frame.clause == Clause.WITH) {
      return Frame.Type.NAMES;
    }
    if (frame.clause == Clause.FROM) {
      return frame.table == Table.ALIASED ? Frame.Type.NAMES : Frame.Type.CALL;
    }
    return feed.lastKind() == IDENTIFIER ? Frame.Type.CALL : Frame.Type.PLAIN;
  }
}
