package dev.cairn.plan;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which of PostgreSQL's statements the engine runs outside a transaction only, as its documentation
 * of each says: nothing could take them back together with what stands around them.
 */
final class OutsideTransaction {
  private static final List<String> BEGINNINGS =
      List.of(
          "VACUUM",
          "CREATE DATABASE",
          "DROP DATABASE",
          "CREATE TABLESPACE",
          "DROP TABLESPACE",
          "ALTER SYSTEM",
          "CREATE SUBSCRIPTION",
          "DROP SUBSCRIPTION",
          "REINDEX DATABASE",
          "REINDEX SYSTEM",
          "REINDEX SCHEMA",
          "CLUSTER");

  /** Words before the first name, at most: REINDEX ( VERBOSE ) INDEX CONCURRENTLY. */
  private static final int LOOKED_AT = 8;

  private OutsideTransaction() {}

  /** Whether the engine refuses the statement within a transaction. */
  static boolean runs(String sql, Flavour flavour) {
    if (flavour != Flavour.POSTGRESQL) {
      return false;
    }
    List<String> words =
        Lexer.tokens(sql, flavour).stream()
            .filter(Token::isSignificant)
            .limit(LOOKED_AT)
            .filter(token -> token.kind() == TokenKind.WORD)
            .map(token -> token.text(sql).toUpperCase(Locale.ROOT))
            .collect(Collectors.toList());
    String beginning = String.join(" ", words);
    // A materialized view can be refreshed CONCURRENTLY anywhere; an index can't be made so.
    boolean index = words.contains("INDEX") || beginning.startsWith("REINDEX");
    boolean detach = words.contains("DETACH");
    return (words.contains("CONCURRENTLY") && (index || detach))
        // CLUSTER of one table is a statement like others.
        || BEGINNINGS.stream().anyMatch(known -> begins(beginning, known));
  }

  private static boolean begins(String beginning, String known) {
    return known.equals("CLUSTER")
        ? beginning.equals(known)
        : beginning.equals(known) || beginning.startsWith(known + " ");
  }
}
