package dev.cairn.plan.scope;

import dev.cairn.dialect.Dialect;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.With;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Cuts pieces out of a statement's own text so that each can stand by itself. */
final class StatementText {
  private final String text;
  private final Dialect dialect;
  private List<Token> tokens;

  StatementText(String text, Dialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * The text of a node, with the parentheses that belong to it: a tree leaves those around an
   * expression out, so that the place of {@code (a OR b) AND c} may begin behind the first one.
   */
  String of(Span span) {
    int start = span.start();
    int end = span.end();
    int depth = 0;
    int lacking = 0;
    for (Token token : tokens()) {
      if (token.start() >= start && token.end() <= end) {
        depth += token.is(text, "(") ? 1 : token.is(text, ")") ? -1 : 0;
        lacking = Math.max(lacking, -depth);
      }
    }
    depth += lacking;
    for (int i = tokens().size() - 1; lacking > 0 && i >= 0; i--) {
      Token token = tokens().get(i);
      if (token.end() <= span.start() && token.isSignificant()) {
        if (!token.is(text, "(")) {
          break;
        }
        lacking--;
        start = token.start();
      }
    }
    for (int i = 0; depth > 0 && i < tokens().size(); i++) {
      Token token = tokens().get(i);
      if (token.start() >= span.end() && token.isSignificant()) {
        if (!token.is(text, ")")) {
          break;
        }
        depth--;
        end = token.end();
      }
    }
    return text.substring(start, end);
  }

  /** An expression as it may stand among others; a query that stands for a value in parentheses. */
  String of(Expr expr) {
    return "(" + of(expr.span()) + ")";
  }

  /** A name as it was written. */
  String of(Name name) {
    return name.quoted() ? dialect.quote(name.text()) : name.text();
  }

  /** A WITH clause and a space, or nothing. */
  String of(Optional<With> with) {
    return with.map(clause -> of(clause.span()) + " ").orElse("");
  }

  /**
   * The table that a statement changes, as a FROM names it. A CTE of the same name would hide it
   * there, though never in the statement itself.
   */
  String target(From.TableRef target, Optional<With> with) {
    StringBuilder out = new StringBuilder();
    boolean hidden =
        target.path().size() == 1
            && with.isPresent()
            && with.get().ctes().stream().anyMatch(cte -> cte.name().is(target.name().text()));
    if (hidden) {
      out.append(dialect.quote(dialect.mainSchema())).append('.');
    }
    for (int i = 0; i < target.path().size(); i++) {
      out.append(i == 0 ? "" : ".").append(of(target.path().get(i)));
    }
    target.alias().ifPresent(alias -> out.append(" AS ").append(of(alias)));
    return out.toString();
  }

  /** The text with each {@code qualifier.name} replaced; nothing else in it is touched. */
  static String replaceQualified(
      String sql, Dialect dialect, String qualifier, UnaryOperator<String> by) {
    List<Token> all =
        Lexer.tokens(sql, dialect.flavour()).stream().filter(Token::isSignificant).toList();
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int i = 0; i + 2 < all.size(); i++) {
      boolean first = i == 0 || !all.get(i - 1).is(sql, ".");
      if (first
          && all.get(i).name(sql).equalsIgnoreCase(qualifier)
          && all.get(i + 1).is(sql, ".")) {
        out.append(sql, at, all.get(i).start()).append(by.apply(all.get(i + 2).name(sql)));
        at = all.get(i + 2).end();
        i += 2;
      }
    }
    return out.append(sql.substring(at)).toString();
  }

  /** The unquoted words of a text, in lower case. */
  static Stream<String> words(String sql, Dialect dialect) {
    return Lexer.tokens(sql, dialect.flavour()).stream()
        .filter(token -> token.kind() == TokenKind.WORD)
        .map(token -> token.text(sql).toLowerCase(Locale.ROOT));
  }

  private List<Token> tokens() {
    if (tokens == null) {
      tokens = Lexer.tokens(text, dialect.flavour());
    }
    return tokens;
  }
}
