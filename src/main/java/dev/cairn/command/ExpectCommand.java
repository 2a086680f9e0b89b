package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.report.Counted;
import dev.cairn.report.NumberText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code expect …}: an assertion about the line before, or about a table since the script began.
 */
final class ExpectCommand implements Command {

  @Override
  public String name() {
    return "expect";
  }

  @Override
  public String usage() {
    return "expect rows N | empty | value V | error CODE | unchanged TABLE";
  }

  @Override
  public String summary() {
    return "fails with exit 5 unless the line before did as expected, or a table is as it was";
  }

  @Override
  public List<String> details() {
    return List.of(
        "expect rows N       the result had N rows",
        "expect empty        it had none",
        "expect value V      its first row's first value is V",
        "expect error CODE   the line before failed with this code, a word or an exit number;",
        "                    a script then goes on",
        "expect unchanged T  every value of table T is as it was when this script began, whoever",
        "                    wrote since; in a script only, which then reads T at its beginning");
  }

  @Override
  public Expected expected(List<String> before) {
    return before.isEmpty()
        ? Expected.words("rows", "empty", "value", "error", "unchanged")
        : Expected.NOTHING;
  }

  /** Whether a line that fails is expected to by this one. */
  static boolean isAboutErrors(String rest) {
    return rest.toLowerCase(Locale.ROOT).startsWith("error ");
  }

  /** The table that this line expects to be unchanged. */
  static Optional<String> unchangedTable(String rest) {
    String[] words = rest.split("\\s+", 2);
    return words.length > 1 && words[0].equalsIgnoreCase("unchanged")
        ? Optional.of(words[1].strip())
        : Optional.empty();
  }

  @Override
  public void run(Session session, String rest) {
    String[] words = rest.split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "rows" -> rows(session.lastResult(), count(argument));
      case "empty" -> rows(session.lastResult(), 0);
      case "value" -> value(session.lastResult(), argument);
      case "error" -> error(session.lastResult(), argument);
      case "unchanged" -> session.unchanged().judge(session, table(argument));
      default -> throw CairnException.usage("expect what?").hint(usage());
    }
  }

  private static String table(String argument) {
    if (argument.isEmpty()) {
      throw CairnException.usage("expect unchanged TABLE needs a table");
    }
    return argument;
  }

  private static void rows(LastResult last, long wanted) {
    long found = last.rows().orElseThrow(ExpectCommand::noRows);
    if (found != wanted) {
      throw failed("expected %s, found %,d".formatted(Counted.rows(wanted), found));
    }
  }

  private static void value(LastResult last, String wanted) {
    if (wanted.isEmpty()) {
      throw CairnException.usage("expect value V needs a value");
    }
    if (last.rows().orElseThrow(ExpectCommand::noRows) == 0) {
      throw failed("expected the value " + wanted + ", found no row");
    }
    String found = text(last.first());
    if (!Objects.equals(found, unquoted(wanted))) {
      throw failed("expected the value " + wanted + ", found " + found);
    }
  }

  private static void error(LastResult last, String code) {
    if (code.isEmpty()) {
      throw CairnException.usage("expect error CODE needs a code");
    }
    if (!last.failed()) {
      throw failed("expected the error " + code + ", but the line before succeeded");
    }
    if (!last.failedWith(code)) {
      throw failed("expected the error " + code + ", found " + last.failure());
    }
  }

  private static long count(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notOne) {
      throw CairnException.usage("expect rows N needs a whole number, not '" + text + "'");
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof Double number ? NumberText.of(number) : value.toString();
  }

  private static String unquoted(String wanted) {
    boolean quoted = wanted.length() > 1 && wanted.startsWith("'") && wanted.endsWith("'");
    return quoted ? wanted.substring(1, wanted.length() - 1).replace("''", "'") : wanted;
  }

  private static CairnException noRows() {
    return CairnException.of(
        ExitCode.MISMATCH, "expectation", "the line before had no rows to speak of");
  }

  private static CairnException failed(String message) {
    return CairnException.of(ExitCode.MISMATCH, "expectation", message);
  }
}
