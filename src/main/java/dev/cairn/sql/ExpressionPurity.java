package dev.cairn.sql;

import dev.cairn.sql.ExpressionTokens.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether an expression gives the same value for the same row each time it is asked. A plan's
 * expressions are asked three times (to preview, to write, to verify), so a clock or a random
 * number in one makes a right migration look wrong.
 */
final class ExpressionPurity {

  private static final Set<String> CLOCK_WORDS =
      Set.of("current_timestamp", "current_date", "current_time", "localtime", "localtimestamp");

  private static final Set<String> CLOCKS =
      Set.of("now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday");

  private static final Set<String> RANDOM =
      Set.of(
          "random",
          "randomblob",
          "random_normal",
          "gen_random_uuid",
          "gen_random_bytes",
          "uuidv4",
          "uuidv7");

  /** What they tell depends on the session or on what was done before. */
  private static final Set<String> SESSION =
      Set.of(
          "changes",
          "total_changes",
          "last_insert_rowid",
          "nextval",
          "currval",
          "lastval",
          "setval",
          "set_config",
          "current_setting",
          "txid_current",
          "readfile");

  /** SQLite's date functions: without an argument, or with 'now', they ask the clock. */
  private static final Set<String> DATES =
      Set.of("date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff");

  private static final Set<String> SPECIAL_DATES = Set.of("now", "today", "tomorrow", "yesterday");

  private final ExpressionTokens expression;
  private final TokenCursor tokens;
  private final NavigableSet<Integer> nows = new TreeSet<>();
  private final List<ExpressionProblem> problems = new ArrayList<>();

  ExpressionPurity(ExpressionTokens expression) {
    this.expression = expression;
    this.tokens = expression.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (isText(i, "now")) {
        nows.add(i);
      }
    }
  }

  List<ExpressionProblem> problems() {
    for (int i = 0; i < expression.size(); i++) {
      if (expression.role(i) == Role.FUNCTION && tokens.is(i + 1, "(")) {
        readCall(i);
      } else if (expression.role(i) == Role.KEYWORD && CLOCK_WORDS.contains(tokens.lowerName(i))) {
        report(i, tokens.name(i) + " asks the clock: another run would give another value");
      } else if (tokens.flavour() == Flavour.POSTGRESQL && isSpecialDate(i)) {
        report(i, "this literal asks the clock: another run would give another value");
      }
    }
    return problems;
  }

  private void readCall(int index) {
    String function = tokens.lowerName(index);
    if (WritingFunctions.isWritingCall(tokens, index)) {
      report(index, function + " can change something: an expression may only compute");
    } else if (CLOCKS.contains(function) || isClock(index, function)) {
      report(index, function + " asks the clock here: another run would give another value");
    } else if (RANDOM.contains(function) || function.startsWith("uuid_generate_")) {
      report(index, function + " gives another value each time");
    } else if (SESSION.contains(function)) {
      report(index, function + " depends on the session, not on the row");
    }
  }

  private boolean isClock(int index, String function) {
    int open = index + 1;
    int close = expression.endOfGroup(open);
    if (function.equals("age") && tokens.flavour() == Flavour.POSTGRESQL) {
      return argument(open, close, 1) < 0;
    }
    if (!DATES.contains(function)) {
      return false;
    }
    int time = argument(open, close, function.equals("strftime") ? 1 : 0);
    return time < 0
        || isText(time, "subsec")
        || isText(time, "subsecond")
        || mentionsNow(open, close);
  }

  private boolean mentionsNow(int open, int close) {
    Integer next = nows.ceiling(open);
    return next != null && next < close;
  }

  /** Returns where the argument of that number (from 0) begins, or -1 if the call has fewer. */
  private int argument(int open, int close, int number) {
    int commas = 0;
    for (int i = open + 1; i < close; i++) {
      if (commas == number) {
        return i;
      }
      if (tokens.is(i, "(")) {
        i = expression.endOfGroup(i);
      } else if (tokens.is(i, ",")) {
        commas++;
      }
    }
    return -1;
  }

  /** SQLite takes "now" for a text where no column has that name. */
  private boolean isText(int index, String text) {
    TokenKind kind = tokens.kind(index);
    if (kind == TokenKind.QUOTED_NAME) {
      return tokens.lowerName(index).equals(text);
    }
    return kind == TokenKind.STRING && literal(index).equals(text);
  }

  /** PostgreSQL resolves 'now' and its like when a literal becomes a date or a time. */
  private boolean isSpecialDate(int index) {
    if (tokens.kind(index) != TokenKind.STRING || !SPECIAL_DATES.contains(literal(index))) {
      return false;
    }
    boolean converted =
        tokens.is(index + 1, "::") || (index > 0 && expression.role(index - 1) == Role.TYPE);
    return converted
        || (tokens.is(index - 1, "(") && index > 1 && expression.role(index - 2) == Role.FUNCTION)
        || tokens.is(index - 2, "CAST");
  }

  private String literal(int index) {
    String text = tokens.name(index);
    int quote = text.indexOf('\'');
    return quote < 0
        ? text
        : text.substring(quote + 1, text.length() - 1).strip().toLowerCase(Locale.ROOT);
  }

  private void report(int index, String message) {
    problems.add(new ExpressionProblem(expression.offset(index), message));
  }
}
