package dev.cairn.dialect;

import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code round(x, digits)} of a floating-point number, which PostgreSQL lacks: it rounds only a
 * numeric to digits. The number is made the numeric of its shortest text. (A cast of its own keeps
 * 15 digits, and changes a number that has more.)
 */
final class PostgresqlRounding {
  private static final Set<String> FLOATING = Set.of("double precision", "real");
  private static final Set<String> FLOATING_WORDS =
      Set.of("double", "real", "float", "float4", "float8");

  private final String sql;
  private final Table source;
  private final List<Token> tokens;

  private PostgresqlRounding(String sql, Table source) {
    this.sql = sql;
    this.source = source;
    this.tokens =
        Lexer.tokens(sql, Flavour.POSTGRESQL).stream().filter(Token::isSignificant).toList();
  }

  /** The expression with each such call in PostgreSQL's terms; the very text where it has none. */
  static String of(String sql, Table source) {
    return sql.toLowerCase(Locale.ROOT).contains("round")
        ? new PostgresqlRounding(sql, source).rewritten()
        : sql;
  }

  /** From the last call to the first, so that each one's places stay true. */
  private String rewritten() {
    StringBuilder text = new StringBuilder(sql);
    int[] from = new int[tokens.size()];
    int[] to = new int[tokens.size()];
    for (int at = 0; at + 1 < tokens.size(); at++) {
      int comma = isCall(at) ? onlyComma(at + 1) : -1;
      if (comma > 0 && isFloating(at + 2, comma)) {
        from[at + 2] = 1;
        to[comma] = 1;
      }
    }
    for (int at = tokens.size() - 1; at >= 0; at--) {
      if (to[at] == 1) {
        text.insert(tokens.get(at).start(), " AS text) AS numeric)");
      }
      if (from[at] == 1) {
        text.insert(tokens.get(at).start(), "CAST(CAST(");
      }
    }
    return text.toString();
  }

  private boolean isCall(int at) {
    boolean qualified = at > 0 && is(at - 1, ".");
    return tokens.get(at).kind() == TokenKind.WORD
        && is(at, "round")
        && is(at + 1, "(")
        && !qualified;
  }

  /** The comma between the two arguments of the brackets that open here; -1 for another number. */
  private int onlyComma(int open) {
    int depth = 0;
    int comma = -1;
    for (int at = open; at < tokens.size(); at++) {
      if (is(at, "(") || is(at, "[")) {
        depth++;
      } else if (is(at, ")") || is(at, "]")) {
        depth--;
        if (depth == 0) {
          return comma;
        }
      } else if (depth == 1 && is(at, ",")) {
        if (comma > 0) {
          return -1;
        }
        comma = at;
      }
    }
    return -1;
  }

  /** Whether a column or a type of floating point is named there. */
  private boolean isFloating(int from, int to) {
    return tokens.subList(from, to).stream().anyMatch(this::isFloating);
  }

  private boolean isFloating(Token token) {
    boolean word = token.kind() == TokenKind.WORD;
    if (!word && token.kind() != TokenKind.QUOTED_NAME) {
      return false;
    }
    String written = token.name(sql);
    String name = word ? written.toLowerCase(Locale.ROOT) : written;
    return (word && FLOATING_WORDS.contains(name))
        || source.column(name).filter(each -> FLOATING.contains(each.type())).isPresent();
  }

  private boolean is(int at, String text) {
    return tokens.get(at).is(sql, text);
  }
}
