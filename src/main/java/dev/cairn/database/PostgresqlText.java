package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Keywords;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A fragment's text as the driver wants it. To PostgreSQL a question mark is an operator, as in
 * {@code doc ? 'key'}; to the driver it is the place of a value, unless it stands twice. Which is
 * meant is told by what stands before it: an operator follows an operand. Where the places are then
 * not as many as the values nothing is sent.
 */
final class PostgresqlText {
  /** Keywords that end an operand. */
  private static final Set<String> OPERANDS =
      Set.of(
          "end",
          "null",
          "true",
          "false",
          "current_date",
          "current_time",
          "current_timestamp",
          "current_role",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user",
          "user");

  private PostgresqlText() {}

  /** Fails with exit 1 where places and values are not as many. */
  static String forDriver(SqlFragment fragment) {
    String sql = fragment.sql();
    if (sql.indexOf('?') < 0 && fragment.binds().isEmpty()) {
      return sql;
    }
    List<Token> tokens = Lexer.tokens(sql, Flavour.POSTGRESQL);
    List<Integer> marks = new ArrayList<>();
    Token before = null;
    for (Token token : tokens) {
      if (isMark(token, sql) && !endsOperand(before, sql)) {
        marks.add(token.start());
      }
      before = token.isSignificant() ? token : before;
    }
    int values = fragment.binds().size();
    if (values > 0 && marks.size() != values) {
      throw CairnException.failed(
          "sql",
          "the text has places for " + marks.size() + " values, of which there are " + values);
    }
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      boolean place = values > 0 && marks.contains(token.start());
      boolean operator = token.kind() == TokenKind.OPERATOR && !place;
      text.append(operator ? token.text(sql).replace("?", "??") : token.text(sql));
    }
    return text.toString();
  }

  private static boolean isMark(Token token, String sql) {
    return token.kind() == TokenKind.OPERATOR && token.is(sql, "?");
  }

  private static boolean endsOperand(Token token, String sql) {
    if (token == null) {
      return false;
    }
    return switch (token.kind()) {
      case WORD -> {
        String word = token.text(sql).toLowerCase(Locale.ROOT);
        yield OPERANDS.contains(word) || !Keywords.isKeyword(word, Flavour.POSTGRESQL);
      }
      case QUOTED_NAME, STRING, NUMBER, BLOB, PARAMETER -> true;
      case OPERATOR -> token.is(sql, ")") || token.is(sql, "]") || token.is(sql, "?");
      default -> false;
    };
  }
}
