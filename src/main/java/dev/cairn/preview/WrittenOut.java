package dev.cairn.preview;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Rewrite;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Opaque;
import java.util.List;

/**
 * The text that an engine would be given. {@code FOR KEY} is Cairn's own word, so a statement with
 * one only exists once its key is written out.
 */
public final class WrittenOut {
  private WrittenOut() {}

  /** The statement as an engine understands it. */
  public static String text(Analysis analysis) {
    return usesForKey(analysis)
        ? analysis.rewrite().map(Rewrite::sql).orElse(analysis.text())
        : analysis.text();
  }

  /** Whether the statement asks for a key to be written out. */
  public static boolean usesForKey(Analysis analysis) {
    if (analysis.statement() instanceof Opaque) {
      return false;
    }
    String text = analysis.text();
    List<Token> tokens =
        Lexer.tokens(text, dev.cairn.sql.Flavour.SQLITE).stream()
            .filter(Token::isSignificant)
            .toList();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is(text, "FOR") && tokens.get(i + 1).is(text, "KEY")) {
        return true;
      }
    }
    return false;
  }
}
