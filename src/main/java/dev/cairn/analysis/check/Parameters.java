package dev.cairn.analysis.check;

import dev.cairn.analysis.CheckContext;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.TokenKind;

/** Tells statements whose values aren't known yet, so that no query made of them can be run. */
final class Parameters {

  private Parameters() {}

  static boolean in(CheckContext context) {
    return Lexer.tokens(context.text(), context.flavour()).stream()
        .anyMatch(token -> token.kind() == TokenKind.PARAMETER);
  }
}
