package dev.cairn.analysis.lint;

import dev.cairn.error.SourceLines;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code -- cairn: allow CHECK because …}: a comment that allows one finding of the statement or
 * the line below it.
 *
 * @param check the check that is spoken of, empty where none is
 * @param reason why, empty where nothing is said, which allows nothing
 * @param below the first line below that is no comment of its kind
 */
record Allowance(String check, Optional<String> reason, SourceSpan place, int below) {
  private static final String BECAUSE = "because";

  /** The comments of that kind in a text. */
  static List<Allowance> in(SourceLines lines, String text, Flavour flavour) {
    List<Allowance> found = new ArrayList<>();
    if (!text.contains("cairn:")) {
      return found;
    }
    for (Token token : Lexer.tokens(text, flavour)) {
      if (token.kind() == TokenKind.COMMENT) {
        words(token.text(text)).ifPresent(words -> found.add(of(words, lines.at(token.start()))));
      }
    }
    List<Allowance> placed = new ArrayList<>(found);
    for (int i = placed.size() - 2; i >= 0; i--) {
      Allowance next = placed.get(i + 1);
      if (placed.get(i).below == next.place.line()) {
        placed.set(i, placed.get(i).above(next.below));
      }
    }
    return placed;
  }

  private Allowance above(int line) {
    return new Allowance(check, reason, place, line);
  }

  /** What stands behind "allow" in a comment of a line; empty for any other comment. */
  private static Optional<String> words(String comment) {
    if (!comment.startsWith("--")) {
      return Optional.empty();
    }
    String rest = comment.substring(2).strip();
    if (!rest.startsWith("cairn:")) {
      return Optional.empty();
    }
    rest = rest.substring("cairn:".length()).strip();
    boolean allows = rest.equals("allow") || rest.startsWith("allow ");
    return allows ? Optional.of(rest.substring("allow".length()).strip()) : Optional.empty();
  }

  private static Allowance of(String words, SourceSpan place) {
    int space = words.indexOf(' ');
    String check = space < 0 ? words : words.substring(0, space);
    String behind = space < 0 ? "" : words.substring(space).strip();
    boolean because = behind.toLowerCase(Locale.ROOT).startsWith(BECAUSE);
    String reason = because ? behind.substring(BECAUSE.length()).strip() : "";
    return new Allowance(
        check, reason.isEmpty() ? Optional.empty() : Optional.of(reason), place, place.line() + 1);
  }
}
