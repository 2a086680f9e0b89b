package dev.cairn.shell;

import dev.cairn.command.Expected;
import dev.cairn.command.Expected.Names;
import dev.cairn.command.ScriptRunner;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;
import java.util.Locale;

/**
 * Where in a text the cursor is, for completion.
 *
 * @param kind what may be completed there
 * @param expected what a command wants there; nothing outside a command's line
 * @param start where the word at the cursor begins
 * @param end where it ends: at the cursor or behind it
 * @param before the tokens before the word, without space and comments
 * @param statement all tokens of the statement around the word
 */
record Place(
    Kind kind,
    String line,
    int cursor,
    Expected expected,
    int start,
    int end,
    List<Token> before,
    List<Token> statement) {

  /** What the cursor is in. */
  enum Kind {
    /** The first word of a command or statement. */
    BEGINNING,
    COMMAND,
    SQL,
    /** A string, a number or a comment: nothing is completed. */
    LITERAL
  }

  static Place of(String line, int cursor, ScriptRunner runner, Flavour flavour) {
    int lineStart = line.lastIndexOf('\n', cursor - 1) + 1;
    String typed = line.substring(lineStart, cursor).stripLeading();
    String[] words = typed.split("\\s+", -1);
    String first = words[0].toLowerCase(Locale.ROOT);
    boolean fresh = runner.missing(line.substring(0, lineStart)).isEmpty();
    if (!fresh || words.length < 2 || !runner.commands().names().contains(first)) {
      return sql(line, cursor, flavour, fresh && words.length < 2);
    }
    Expected expected =
        runner.commands().expected(first, List.of(words).subList(1, words.length - 1));
    if (expected.names() == Names.SQL) {
      return sql(line, cursor, flavour, false);
    }
    String word =
        expected.names() == Names.FILES
            ? typed.substring(first.length()).stripLeading()
            : words[words.length - 1];
    int start = cursor - word.length();
    return new Place(Kind.COMMAND, line, cursor, expected, start, cursor, List.of(), List.of());
  }

  /** The word up to the cursor. */
  String word() {
    return line.substring(start, cursor);
  }

  private static Place sql(String line, int cursor, Flavour flavour, boolean fresh) {
    List<Token> all =
        Lexer.tokens(line, flavour).stream()
            .filter(token -> token.isSignificant() || isAt(token, cursor))
            .toList();
    int at = 0;
    while (at < all.size() && all.get(at).end() < cursor) {
      at++;
    }
    Token last = at < all.size() && isAt(all.get(at), cursor) ? all.get(at) : null;
    boolean inWord = last != null && isWord(line, last);
    int behind = inWord || last == null || !last.isSignificant() ? at : at + 1;
    List<Token> before = all.subList(0, behind);
    boolean begins = fresh || before.isEmpty() || before.get(before.size() - 1).is(line, ";");
    Kind kind =
        last != null && isLiteral(line, last, cursor)
            ? Kind.LITERAL
            : begins ? Kind.BEGINNING : Kind.SQL;
    int start = inWord ? last.start() : cursor;
    int end = inWord ? last.end() : cursor;
    return new Place(
        kind, line, cursor, Expected.NOTHING, start, end, before, around(all, behind, line));
  }

  /** The tokens between the semicolons on both sides. */
  private static List<Token> around(List<Token> all, int place, String line) {
    int from = place;
    while (from > 0 && !all.get(from - 1).is(line, ";")) {
      from--;
    }
    int to = place;
    while (to < all.size() && !all.get(to).is(line, ";")) {
      to++;
    }
    return all.subList(from, to);
  }

  /** Whether the cursor is in the token or at its end. */
  private static boolean isAt(Token token, int cursor) {
    return token.start() < cursor && cursor <= token.end();
  }

  private static boolean isWord(String line, Token token) {
    boolean openName = token.kind() == TokenKind.UNTERMINATED && line.charAt(token.start()) == '"';
    return token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME || openName;
  }

  private static boolean isLiteral(String line, Token token, int cursor) {
    return switch (token.kind()) {
      case COMMENT -> cursor < token.end() || !line.startsWith("*/", token.end() - 2);
      case UNTERMINATED -> !isWord(line, token);
      case STRING, BLOB -> cursor < token.end();
      case NUMBER, PARAMETER, INVALID -> true;
      default -> false;
    };
  }
}
