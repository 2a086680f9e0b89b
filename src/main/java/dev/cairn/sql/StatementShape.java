package dev.cairn.sql;

import java.util.Map;
import java.util.Optional;

/**
 * Tells by its tokens what kind of statement a text is. It errs towards {@link
 * StatementKind#OPAQUE}: what it calls READ, INSERT_VALUES or ADDITIVE_DDL does no more than that,
 * apart from triggers and functions, which only a catalog can tell.
 */
public final class StatementShape {

  private static final Map<String, StatementKind> BY_FIRST_WORD =
      Map.ofEntries(
          Map.entry("update", StatementKind.CHANGE),
          Map.entry("delete", StatementKind.CHANGE),
          Map.entry("replace", StatementKind.CHANGE),
          Map.entry("merge", StatementKind.CHANGE),
          Map.entry("truncate", StatementKind.CHANGE),
          Map.entry("drop", StatementKind.DDL),
          Map.entry("vacuum", StatementKind.DDL),
          Map.entry("reindex", StatementKind.DDL),
          Map.entry("analyze", StatementKind.DDL),
          Map.entry("cluster", StatementKind.DDL),
          Map.entry("comment", StatementKind.DDL),
          Map.entry("grant", StatementKind.DDL),
          Map.entry("revoke", StatementKind.DDL),
          Map.entry("refresh", StatementKind.DDL),
          Map.entry("reassign", StatementKind.DDL),
          Map.entry("security", StatementKind.DDL),
          Map.entry("import", StatementKind.DDL),
          Map.entry("attach", StatementKind.SETTING),
          Map.entry("detach", StatementKind.SETTING),
          Map.entry("set", StatementKind.SETTING),
          Map.entry("reset", StatementKind.SETTING));

  private StatementShape() {}

  /**
   * Returns the kind of the one statement in the text; OPAQUE for none, for several and for what
   * isn't understood.
   */
  public static StatementKind classify(String statement, Flavour flavour) {
    Optional<Piece> piece = StatementSplitter.next(statement, 0, flavour);
    if (piece.isEmpty()
        || StatementSplitter.next(statement, piece.get().following(), flavour).isPresent()) {
      return StatementKind.OPAQUE;
    }
    TokenCursor cursor = new TokenCursor(piece.get().text(statement), flavour);
    return isSound(cursor) ? kindOf(cursor) : StatementKind.OPAQUE;
  }

  /**
   * Returns the text's first word as it is written, behind space and comments; "" when it doesn't
   * begin with a word.
   */
  public static String firstWord(String text, Flavour flavour) {
    for (int at = 0; at < text.length(); ) {
      Token token = Lexer.next(text, at, flavour);
      if (token.isSignificant()) {
        return token.kind() == TokenKind.WORD ? token.text(text) : "";
      }
      at = token.end();
    }
    return "";
  }

  /** Returns the kind of what begins at the cursor's position and reaches to its end. */
  static StatementKind kindOf(TokenCursor cursor) {
    if (cursor.nextIs("SELECT", "VALUES", "WITH", "TABLE", "(")) {
      return ReadShape.of(cursor);
    }
    if (cursor.nextIs("INSERT")) {
      return InsertShape.of(cursor);
    }
    if (cursor.nextIs("CREATE", "ALTER")) {
      return DdlShape.of(cursor);
    }
    if (cursor.nextIs("EXPLAIN")) {
      return ExplainShape.of(cursor);
    }
    return byFirstWord(cursor);
  }

  private static StatementKind byFirstWord(TokenCursor cursor) {
    boolean sqlite = cursor.flavour() == Flavour.SQLITE;
    if (sqlite && cursor.nextIs("PRAGMA")) {
      return PragmaShape.of(cursor);
    }
    if (!sqlite && cursor.nextIs("SHOW")) {
      return StatementKind.READ;
    }
    if (cursor.atEnd() || cursor.kind(cursor.position()) != TokenKind.WORD) {
      return StatementKind.OPAQUE;
    }
    StatementKind kind = BY_FIRST_WORD.get(cursor.lowerName(cursor.position()));
    return kind != null ? kind : TransactionShape.of(cursor);
  }

  /**
   * Nothing can be said of a text with broken tokens, crooked parentheses, or a semicolon where
   * none belongs.
   */
  private static boolean isSound(TokenCursor cursor) {
    boolean mayHaveBody =
        cursor.nextIs("CREATE") || (cursor.nextIs("EXPLAIN") && cursor.flavour() == Flavour.SQLITE);
    int depth = 0;
    for (int i = 0; i < cursor.size() && depth >= 0; i++) {
      if (!isReadable(cursor, i) || (cursor.is(i, ";") && !mayHaveBody)) {
        return false;
      }
      if (cursor.is(i, "(")) {
        depth++;
      } else if (cursor.is(i, ")")) {
        depth--;
      }
    }
    return depth == 0;
  }

  static boolean isReadable(TokenCursor cursor, int index) {
    TokenKind kind = cursor.kind(index);
    // U&"\0064blink" is a name that only PostgreSQL can spell out.
    boolean encodedName = kind == TokenKind.QUOTED_NAME && cursor.startsWith(index, 'u');
    return kind != TokenKind.INVALID && kind != TokenKind.UNTERMINATED && !encodedName;
  }
}
