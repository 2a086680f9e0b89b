package dev.cairn.database;

import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL's errors, told by SQLSTATE, as what a person must do next. */
final class PostgresqlErrors {
  private static final String IN_FAILED_TRANSACTION = "25P02";

  private PostgresqlErrors() {}

  /**
   * What is to be done.
   *
   * @param cancelled whether a person asked for the end of it: else a statement that was ended took
   *     too long
   */
  static Reason reason(SQLException error, boolean cancelled) {
    String state = state(error);
    return switch (state) {
      case "40001", "40P01", "55P03", "55006", "53200", "53300" -> Reason.BUSY;
      case "57014" -> cancelled ? Reason.INTERRUPTED : Reason.BUSY;
      case "53100" -> Reason.DISK_FULL;
      case "25006" -> Reason.READ_ONLY;
      case "XX001", "XX002" -> Reason.CORRUPT;
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04" -> Reason.UNREACHABLE;
      case "P0001" -> Reason.CONSTRAINT; // a trigger's own refusal
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> Reason.UNREACHABLE;
            case "22", "23", "44" -> Reason.CONSTRAINT;
            case "28" -> Reason.READ_ONLY;
            default -> Reason.SQL;
          };
    };
  }

  /** Whether a COMMIT that failed so may have been carried out all the same. */
  static boolean mayHaveHappened(SQLException error) {
    String state = state(error);
    return server(error).isEmpty()
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("40003");
  }

  /** Whether the connection is of no more use. */
  static boolean isLost(SQLException error) {
    String state = state(error);
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("25P03")
        || state.equals("25P04");
  }

  static CairnException exception(SQLException error, boolean cancelled) {
    String message = message(error);
    if (state(error).equals(IN_FAILED_TRANSACTION)) {
      return CairnException.failed(
              "transaction-failed",
              "a statement of this transaction failed: nothing more is done in it, and it can't be"
                  + " committed")
          .hint("ROLLBACK; then begin again")
          .causedBy(error);
    }
    CairnException known =
        switch (reason(error, cancelled)) {
          case BUSY ->
              CairnException.stopped("busy", "the server can't do it now: " + message)
                  .hint("run it again");
          case UNREACHABLE ->
              CairnException.stopped("unreachable", message)
                  .hint("run it again when the server can be reached");
          case DISK_FULL ->
              CairnException.stopped("disk-full", "no room is left on the server: " + message);
          case READ_ONLY ->
              state(error).startsWith("28")
                  ? notAllowed(message)
                  : CairnException.failed("read-only", message);
          case CORRUPT -> CairnException.failed("corrupt", "the database is damaged: " + message);
          case INTERRUPTED -> CairnException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted");
          case CONSTRAINT -> CairnException.failed("constraint", message);
          default -> CairnException.failed("sql", message);
        };
    return known.causedBy(error);
  }

  /** Of connecting. */
  static CairnException connecting(SQLException error, PostgresqlAddress address) {
    String message = message(error);
    CairnException known =
        switch (state(error)) {
          case "3D000" ->
              CairnException.failed("no-such-database", message)
                  .hint("the name behind the host is the database's: " + address.url());
          // The server wants what it wasn't given: a password, a certificate, a line of
          // pg_hba.conf.
          case "08004", "28000", "28P01" -> notAllowed(message);
          default ->
              message.contains("does not support SSL")
                  ? CairnException.failed("not-trusted", address.server() + " doesn't speak TLS")
                      .hint("?sslmode=disable is for a server without TLS")
                  : CairnException.stopped(
                          "unreachable", "can't reach " + address.server() + ": " + message)
                      .hint("run it again when the server can be reached");
        };
    return known.causedBy(error);
  }

  /** Of a change that may have become durable: neither done nor failed. */
  static CairnException unknown(SQLException error) {
    return CairnException.of(
            ExitCode.UNKNOWN,
            "outcome-unknown",
            message(error) + "; whether it was carried out is not known")
        .hint("look at the rows before you run it again")
        .causedBy(error);
  }

  /** The server's own words, with the detail that it gives: which key, which row. */
  static String message(SQLException error) {
    Optional<ServerErrorMessage> server = server(error);
    if (server.isEmpty()) {
      return String.valueOf(error.getMessage());
    }
    String detail = server.get().getDetail();
    return server.get().getMessage() + (detail == null ? "" : " (" + detail + ")");
  }

  private static CairnException notAllowed(String message) {
    return CairnException.failed("not-allowed", "the server doesn't allow it: " + message)
        .hint("the user stands before the @; its password in PGPASSWORD or ~/.pgpass");
  }

  private static Optional<ServerErrorMessage> server(SQLException error) {
    return error instanceof PSQLException known
        ? Optional.ofNullable(known.getServerErrorMessage())
        : Optional.empty();
  }

  private static String state(SQLException error) {
    String state = error.getSQLState();
    return state == null || state.length() != 5 ? "XX000" : state;
  }
}
