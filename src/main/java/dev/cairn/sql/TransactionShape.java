package dev.cairn.sql;

/**
 * BEGIN, COMMIT, ROLLBACK and savepoints, only in forms whose effect on the open transaction is
 * plain.
 */
final class TransactionShape {

  private static final String[] MODES = {
    "DEFERRED",
    "IMMEDIATE",
    "EXCLUSIVE",
    "CONCURRENT",
    "READONLY",
    "TRANSACTION",
    "WORK",
    "ISOLATION",
    "LEVEL",
    "READ",
    "WRITE",
    "ONLY",
    "COMMITTED",
    "UNCOMMITTED",
    "REPEATABLE",
    "SERIALIZABLE",
    "NOT",
    "DEFERRABLE",
    ","
  };

  private TransactionShape() {}

  static StatementKind of(TokenCursor cursor) {
    if (cursor.accept("BEGIN")) {
      return begin(cursor);
    }
    if (cursor.flavour() == Flavour.POSTGRESQL && cursor.acceptAll("START", "TRANSACTION")) {
      return begin(cursor);
    }
    if (cursor.accept("COMMIT", "END")) {
      return ends(cursor) ? StatementKind.COMMIT : StatementKind.OPAQUE;
    }
    if (cursor.accept("ROLLBACK")
        || (cursor.flavour() == Flavour.POSTGRESQL && cursor.accept("ABORT"))) {
      return rollback(cursor);
    }
    return savepoint(cursor);
  }

  private static StatementKind begin(TokenCursor cursor) {
    while (cursor.accept(MODES)) {
      // any order: what the engine refuses does no harm
    }
    return cursor.atEnd() ? StatementKind.BEGIN : StatementKind.OPAQUE;
  }

  /**
   * AND CHAIN opens the next transaction at once, and PREPARED concerns another one: neither is a
   * plain end.
   */
  private static boolean ends(TokenCursor cursor) {
    cursor.accept("WORK", "TRANSACTION");
    cursor.acceptAll("AND", "NO", "CHAIN");
    return cursor.atEnd();
  }

  private static StatementKind rollback(TokenCursor cursor) {
    if (ends(cursor)) {
      return StatementKind.ROLLBACK;
    }
    return cursor.accept("TO") ? named(cursor) : StatementKind.OPAQUE;
  }

  private static StatementKind savepoint(TokenCursor cursor) {
    return cursor.nextIs("SAVEPOINT") || cursor.accept("RELEASE")
        ? named(cursor)
        : StatementKind.OPAQUE;
  }

  /** The name may itself be the word savepoint. */
  private static StatementKind named(TokenCursor cursor) {
    if (cursor.is(cursor.position(), "SAVEPOINT") && cursor.position() + 1 < cursor.size()) {
      cursor.accept("SAVEPOINT");
    }
    boolean named = !cursor.atEnd() && (cursor.acceptName() || cursor.acceptString());
    return named && cursor.atEnd() ? StatementKind.SAVEPOINT : StatementKind.OPAQUE;
  }
}
