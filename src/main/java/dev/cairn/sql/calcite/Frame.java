package dev.cairn.sql.calcite;

/** What is open while a text is read: a bracket, a CASE, or the statement itself. */
final class Frame {

  /** What opened it. */
  enum Type {
    PLAIN,
    CALL,
    NAMES,
    WINDOW,
    FILTER,
    CASE
  }

  /** Which part of a statement or query is being read in it. */
  enum Clause {
    START,
    WITH,
    SELECT,
    FROM,
    ON,
    WHERE,
    GROUP,
    ORDER,
    WINDOWS,
    TARGET,
    SET,
    CONFLICT
  }

  /** How far a table in FROM is. */
  enum Table {
    EXPECTED,
    NAMED,
    ALIASED
  }

  final Type type;
  Clause clause = Clause.START;
  Table table = Table.EXPECTED;

  /** The function that is called, in lower case. */
  String call = "";

  /** The statement's verb, in lower case, where it changes rows. */
  String verb = "";

  /** Whether what is read belongs to a SELECT, and whether that has its FROM. */
  boolean select;

  boolean from;

  /** Whether an assignment's column is still to come. */
  boolean assign;

  /** BETWEENs whose AND is still to come. */
  int betweens;

  int operators;

  /** Whether a closing parenthesis that isn't in the text must follow the closing one. */
  boolean closesTwice;

  boolean closesThrice;

  /** Whether a comma that isn't in the text must follow the closing parenthesis. */
  boolean commaFollows;

  /** Whether the columns of a USING have just been named. */
  boolean using;

  /** Whether the ORDER BY of a call's arguments has come. */
  boolean ordered;

  Frame(Type type) {
    this.type = type;
  }

  boolean inFrom() {
    return clause == Clause.FROM || clause == Clause.ON;
  }
}
