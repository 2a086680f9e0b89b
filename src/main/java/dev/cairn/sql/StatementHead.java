package dev.cairn.sql;

import dev.cairn.sql.tree.TransactionControl;
import java.util.Locale;

/**
 * What a statement is by its first words, and where it stands without the space and comments around
 * it.
 *
 * @param inner where the statement behind EXPLAIN begins
 * @param words the first word, in upper case
 * @param transaction what it does to the transaction, null for other kinds
 */
record StatementHead(
    Kind kind,
    int start,
    int end,
    int inner,
    boolean executes,
    boolean reads,
    TransactionControl.Kind transaction,
    String words) {

  /** Who reads it further. */
  enum Kind {
    ROWS,
    EXPLAIN,
    TRANSACTION,
    SETTING,
    DDL,
    UNKNOWN
  }

  static StatementHead of(String text, int from, int to, Flavour flavour) {
    TokenCursor cursor = new TokenCursor(text, from, to, flavour);
    if (cursor.size() == 0) {
      return new StatementHead(Kind.UNKNOWN, from, to, from, false, false, null, "end");
    }
    int start = cursor.token(0).start();
    int end = cursor.token(cursor.size() - 1).end();
    String word = Characters.lower(cursor.token(0).text(text)).toUpperCase(Locale.ROOT);
    return switch (kind(cursor, word)) {
      case EXPLAIN -> explain(cursor, start, end, word);
      case SETTING -> {
        boolean reads = StatementShape.kindOf(cursor) == StatementKind.READ;
        yield new StatementHead(Kind.SETTING, start, end, start, false, reads, null, word);
      }
      case TRANSACTION -> transaction(StatementShape.kindOf(cursor), start, end, word);
      case ROWS -> new StatementHead(Kind.ROWS, start, end, start, false, false, null, word);
      case DDL -> new StatementHead(Kind.DDL, start, end, start, false, false, null, word);
      case UNKNOWN -> new StatementHead(Kind.UNKNOWN, start, end, start, false, false, null, word);
    };
  }

  private static StatementHead explain(TokenCursor cursor, int start, int end, String word) {
    boolean executes = ExplainShape.acceptPrefix(cursor);
    boolean again = cursor.atEnd() || cursor.nextIs("EXPLAIN");
    int inner = again ? end : cursor.token(cursor.position()).start();
    Kind kind = again ? Kind.UNKNOWN : Kind.EXPLAIN;
    return new StatementHead(kind, start, end, inner, executes, false, null, word);
  }

  private static StatementHead transaction(StatementKind shape, int start, int end, String word) {
    TransactionControl.Kind what =
        switch (shape) {
          case BEGIN -> TransactionControl.Kind.BEGIN;
          case COMMIT -> TransactionControl.Kind.COMMIT;
          case ROLLBACK -> TransactionControl.Kind.ROLLBACK;
          case SAVEPOINT -> TransactionControl.Kind.SAVEPOINT;
          default -> null;
        };
    Kind kind = what == null ? Kind.UNKNOWN : Kind.TRANSACTION;
    return new StatementHead(kind, start, end, start, false, false, what, word);
  }

  private static Kind kind(TokenCursor cursor, String word) {
    if (DdlParser.isFirstWord(word)) {
      return Kind.DDL;
    }
    return switch (word) {
      case "EXPLAIN" -> Kind.EXPLAIN;
      case "SELECT",
          "VALUES",
          "WITH",
          "TABLE",
          "(",
          "INSERT",
          "REPLACE",
          "UPDATE",
          "DELETE",
          "MERGE" ->
          Kind.ROWS;
      case "SET", "RESET", "ATTACH", "DETACH" -> Kind.SETTING;
      case "PRAGMA" -> cursor.flavour() == Flavour.SQLITE ? Kind.SETTING : Kind.UNKNOWN;
      case "SHOW" -> cursor.flavour() == Flavour.POSTGRESQL ? Kind.SETTING : Kind.UNKNOWN;
      case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" ->
          Kind.TRANSACTION;
      default -> Kind.UNKNOWN;
    };
  }
}
