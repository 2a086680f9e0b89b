package dev.cairn.database;

import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite's errors, told by result code (SQLState is always null in this driver), as what a person
 * must do next.
 */
final class SqliteErrors {
  private SqliteErrors() {}

  static Reason reason(SQLException error) {
    return switch (primaryCode(error)) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Reason.BUSY;
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG -> Reason.CONSTRAINT;
      case SQLITE_FULL -> Reason.DISK_FULL;
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> Reason.READ_ONLY;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Reason.CORRUPT;
      case SQLITE_INTERRUPT -> Reason.INTERRUPTED;
      default -> Reason.SQL;
    };
  }

  /** Whether the failure may have come after the change was durable. */
  static boolean mayHaveHappened(SQLException error) {
    SQLiteErrorCode code = primaryCode(error);
    return code == SQLiteErrorCode.SQLITE_IOERR || code == SQLiteErrorCode.UNKNOWN_ERROR;
  }

  static CairnException exception(SQLException error) {
    String message = message(error);
    CairnException known =
        switch (reason(error)) {
          case BUSY ->
              CairnException.stopped("busy", "the database is locked by another process")
                  .hint("wait until the other process is done, then run it again");
          case DISK_FULL ->
              CairnException.stopped("disk-full", "no room is left: " + message)
                  .hint("free some space, then run it again");
          case READ_ONLY ->
              CairnException.failed("read-only", "the database can't be written: " + message);
          case CORRUPT ->
              CairnException.failed("corrupt", "this is no sound SQLite database: " + message)
                  .hint("if it is a database, check it with `PRAGMA integrity_check;` on a copy");
          case INTERRUPTED -> CairnException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted");
          case CONSTRAINT -> CairnException.failed("constraint", message);
          default -> CairnException.failed("sql", message);
        };
    return known.causedBy(error);
  }

  /** The engine's own words, without the driver's wrapping. */
  static String message(SQLException error) {
    String text = String.valueOf(error.getMessage());
    int open = text.indexOf('(');
    boolean wrapped = text.startsWith("[SQLITE_") && open > 0 && text.endsWith(")");
    String bare = wrapped ? text.substring(open + 1, text.length() - 1) : text;
    return bare.startsWith("SQL error or missing database (")
        ? bare.substring("SQL error or missing database (".length())
        : bare;
  }

  private static SQLiteErrorCode primaryCode(SQLException error) {
    return error instanceof SQLiteException known
        ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
