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
 * @param tokens the tokens before the word, without space and comments
 */
record Place(
    Kind kind, String line, int cursor, Expected expected, int start, int end, List<Token> tokens) {

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
    return new Place(Kind.COMMAND, line, cursor, expected, start, cursor, List.of());
  }

  /** The word up to the cursor. */
  String word() {
    return line.substring(start, cursor);
  }

  private static Place sql(String line, int cursor, Flavour flavour, boolean fresh) {
    List<Token> all =
        Lexer.tokens(line, flavour).stream().filter(token -> token.start() < cursor).toList();
    Token last = all.isEmpty() ? null : all.get(all.size() - 1);
    boolean touches = last != null && last.end() >= cursor;
    boolean inWord = touches && isWord(line, last);
    List<Token> before =
        all.stream().filter(token -> token.isSignificant() && !(inWord && token == last)).toList();
    boolean begins = fresh || before.isEmpty() || before.get(before.size() - 1).is(line, ";");
    Kind kind =
        touches && isLiteral(line, last, cursor)
            ? Kind.LITERAL
            : begins ? Kind.BEGINNING : Kind.SQL;
    int start = inWord ? last.start() : cursor;
    return new Place(
        kind, line, cursor, Expected.NOTHING, start, inWord ? last.end() : cursor, before);
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
