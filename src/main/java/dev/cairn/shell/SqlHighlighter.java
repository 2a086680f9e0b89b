package dev.cairn.shell;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Keywords;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed: commands, keywords, strings, numbers, comments. */
final class SqlHighlighter implements Highlighter {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle KEYWORD = AttributedStyle.BOLD;
  private static final AttributedStyle STRING = PLAIN.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle COMMENT = PLAIN.faint();

  private final List<String> commands;
  private final Supplier<Flavour> flavour;
  private final BooleanSupplier colour;

  SqlHighlighter(List<String> commands, Supplier<Flavour> flavour, BooleanSupplier colour) {
    this.commands = List.copyOf(commands);
    this.flavour = flavour;
    this.colour = colour;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (!colour.getAsBoolean()) {
      return new AttributedString(buffer);
    }
    AttributedStringBuilder text = new AttributedStringBuilder(buffer.length());
    for (Token token : Lexer.tokens(buffer, flavour.get())) {
      text.append(token.text(buffer), style(token, buffer));
    }
    return text.toAttributedString();
  }

  private AttributedStyle style(Token token, String text) {
    return switch (token.kind()) {
      case WORD -> isKeyword(token, text) ? KEYWORD : PLAIN;
      case STRING, BLOB -> STRING;
      case UNTERMINATED -> unterminated(text.charAt(token.start()));
      case NUMBER, PARAMETER -> NUMBER;
      case COMMENT -> COMMENT;
      default -> PLAIN;
    };
  }

  private static AttributedStyle unterminated(char opening) {
    return opening == '/' ? COMMENT : opening == '"' ? PLAIN : STRING;
  }

  private boolean isKeyword(Token token, String text) {
    boolean beginsLine = text.lastIndexOf('\n', token.start()) == token.start() - 1;
    String word = token.text(text).toLowerCase(Locale.ROOT);
    return Keywords.isKeyword(word, flavour.get())
        || (token.kind() == TokenKind.WORD && beginsLine && commands.contains(word));
  }
}
