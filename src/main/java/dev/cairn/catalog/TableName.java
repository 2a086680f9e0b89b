package dev.cairn.catalog;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;

/**
 * A table's old and new name, to be put in the place of each other where a text speaks of the
 * table: behind FROM, JOIN, INTO and their like, and in front of a point.
 */
record TableName(String from, String to, Flavour flavour) {
  private static final List<String> BEFORE =
      List.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ON", "REFERENCES");

  /** The name as it is now. */
  String of(String name) {
    return name.equalsIgnoreCase(from) ? to : name;
  }

  /** The text as it is now. */
  String in(String sql) {
    List<Token> tokens = Lexer.tokens(sql, flavour).stream().filter(Token::isSignificant).toList();
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      if (name && token.name(sql).equalsIgnoreCase(from) && standsForTable(tokens, i, sql)) {
        text.append(sql, copied, token.start()).append('"').append(to.replace("\"", "\"\""));
        text.append('"');
        copied = token.end();
      }
    }
    return text.append(sql.substring(copied)).toString();
  }

  private static boolean standsForTable(List<Token> tokens, int at, String sql) {
    if (at + 1 < tokens.size() && tokens.get(at + 1).is(sql, ".")) {
      return true;
    }
    int before = at - 1;
    while (before > 1 && tokens.get(before).is(sql, ".")) {
      before -= 2;
    }
    Token word = before < 0 ? null : tokens.get(before);
    return word != null && BEFORE.stream().anyMatch(each -> word.is(sql, each));
  }
}
