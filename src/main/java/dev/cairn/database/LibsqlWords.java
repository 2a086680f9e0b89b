package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a libSQL server says of a statement, in the words that a SQLite file has for it. */
final class LibsqlWords {
  private static final Pattern FRAME =
      Pattern.compile("(?s)(?:SQLite error: |SQL input error: )?(.*?)(?: \\(at offset [0-9]+\\))?");

  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?s).*unsupported statement: *(\\w+)(.*?)`?");

  private static final Set<String> NEVER = Set.of("VACUUM", "ANALYZE", "ATTACH", "DETACH");

  private LibsqlWords() {}

  /** Without what is about the server's own doing. */
  static String bare(String message) {
    Matcher framed = FRAME.matcher(message);
    return framed.matches() ? framed.group(1) : message;
  }

  /** A statement that no libSQL server takes, whatever it stands for. */
  static Optional<CairnException> unsupported(String message) {
    Matcher refused = UNSUPPORTED.matcher(message);
    if (!refused.matches()) {
      return Optional.empty();
    }
    return Optional.of(refused(refused.group(1).toUpperCase(Locale.ROOT), refused.group(2)));
  }

  /** The same of a statement that is not sent at all: what it would be told is known. */
  static Optional<CairnException> neverTaken(String word) {
    return NEVER.contains(word) ? Optional.of(refused(word, "")) : Optional.empty();
  }

  private static CairnException refused(String word, String rest) {
    boolean temporary = rest.matches("(?is)\\s+temp(orary)?\\b.*");
    String what = temporary ? word + " TEMP" : word.equals("PRAGMA") ? "this PRAGMA" : word;
    String next =
        switch (temporary ? "TEMP" : word) {
          case "TEMP" -> "an ordinary table does it, dropped when it is done with";
          case "ATTACH", "DETACH" -> "`diff` and `plan restore` read another database beside it";
          case "VACUUM", "ANALYZE" -> "the server looks after its files by itself";
          case "PRAGMA" ->
              "the server keeps its settings to itself; foreign_keys, and PRAGMAs that only read,"
                  + " such as table_info, work";
          default -> "what a libSQL server takes is less than what SQLite takes";
        };
    return CairnException.failed("unsupported", "a libSQL server doesn't take " + what).hint(next);
  }
}
