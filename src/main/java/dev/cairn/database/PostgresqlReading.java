package dev.cairn.database;

import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.postgresql.core.TransactionState;

/**
 * Keeps a conversation from writing in a database that was opened for reading. The server refuses:
 * all its transactions begin READ ONLY, and can't be made to write once they have read.
 */
final class PostgresqlReading {
  private static final String READ_ONLY = "SET default_transaction_read_only = on";

  private PostgresqlReading() {}

  /** Before each statement: what an earlier one may have switched off is on again. */
  static void guard(PostgresqlConnection connection, String sql, TransactionState state)
      throws SQLException {
    if (asksToWrite(sql)) {
      throw CairnException.failed(
          "read-only", "the database was opened so that nothing is written");
    }
    if (state == TransactionState.IDLE) {
      connection.alone(true);
      connection.execute(READ_ONLY);
    }
  }

  /** Behind a person's BEGIN: after the first query nobody makes a transaction write. */
  static void begun(PostgresqlConnection connection) throws SQLException {
    connection.execute("SET TRANSACTION READ ONLY; SELECT 1");
  }

  private static boolean asksToWrite(String sql) {
    List<String> words =
        Lexer.tokens(sql, Flavour.POSTGRESQL).stream()
            .filter(Token::isSignificant)
            .map(token -> token.text(sql).toLowerCase(Locale.ROOT))
            .toList();
    for (int i = 0; i < words.size(); i++) {
      boolean readWrite =
          words.get(i).equals("read") && i + 1 < words.size() && words.get(i + 1).equals("write");
      if (readWrite || words.get(i).contains("transaction_read_only")) {
        return true;
      }
    }
    return false;
  }
}
