package dev.cairn.database;

import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.HranaException.Kind;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A libSQL server's errors as what a person must do next. */
final class LibsqlErrors {
  private static final Set<String> LATER =
      Set.of("TRANSACTION_TIMEOUT", "TRANSACTION_BUSY", "STREAM_EXPIRED", "HTTP_429");
  private static final Set<String> NOT_ALLOWED = Set.of("HTTP_401", "HTTP_403", "BLOCKED");

  private LibsqlErrors() {}

  static Reason reason(HranaException error) {
    String code = error.code();
    if (error.kind() == Kind.NOT_SENT) {
      return Reason.UNREACHABLE;
    }
    if (LATER.contains(code) || is(code, "BUSY", "LOCKED", "PROTOCOL")) {
      return Reason.BUSY;
    }
    if (is(code, "CONSTRAINT", "MISMATCH", "TOOBIG")) {
      return Reason.CONSTRAINT;
    }
    if (is(code, "FULL")) {
      return Reason.DISK_FULL;
    }
    if (NOT_ALLOWED.contains(code)
        || code.startsWith("AUTH_")
        || is(code, "READONLY", "PERM", "AUTH")) {
      return Reason.READ_ONLY;
    }
    if (is(code, "CORRUPT", "NOTADB")) {
      return Reason.CORRUPT;
    }
    return is(code, "INTERRUPT") ? Reason.INTERRUPTED : Reason.SQL;
  }

  /** Whether what only reads may be asked again, as it failed for a reason that may pass. */
  static boolean mayPass(HranaException error) {
    return switch (error.kind()) {
      case LOST -> !error.isInterruption() && !error.isNotUtf8();
      case NOT_SENT -> !error.code().equals("NOT_TRUSTED");
      case ANSWERED -> reason(error) == Reason.BUSY;
    };
  }

  /** Whether the failure may have come after the change was durable. */
  static boolean mayHaveHappened(HranaException error) {
    return error.kind() == Kind.LOST || is(error.code(), "IOERR");
  }

  /** Of what reads, or can't have been done by halves. */
  static CairnException exception(HranaException error) {
    if (error.isNotUtf8()) {
      return CairnException.failed("not-utf8", error.getMessage())
          .hint("CAST(COLUMN AS BLOB) or hex(COLUMN) reads its bytes")
          .causedBy(error);
    }
    if (error.code().equals("ENDLESS")) {
      return CairnException.failed("endless-number", error.getMessage())
          .hint("CAST(COLUMN AS TEXT) tells which: Inf or -Inf")
          .causedBy(error);
    }
    if (error.kind() == Kind.LOST) {
      boolean asked = error.isInterruption() || Thread.currentThread().isInterrupted();
      CairnException lost =
          asked
              ? CairnException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted")
              : CairnException.stopped("no-answer", error.getMessage())
                  .hint("run it again when the server answers");
      return lost.causedBy(error);
    }
    String message = error.getMessage();
    if (error.code().equals("NOT_TRUSTED")) {
      return CairnException.failed("not-trusted", message)
          .hint(
              message.endsWith("TLS")
                  ? "http:// is for a server without TLS"
                  : "name it as its certificate does; one of your own goes into a trust store,"
                      + " named in CAIRN_JAVA_OPTS with -Djavax.net.ssl.trustStore=FILE")
          .causedBy(error);
    }
    Optional<CairnException> unsupported = LibsqlWords.unsupported(message);
    if (unsupported.isPresent()) {
      return unsupported.get().causedBy(error);
    }
    CairnException known =
        switch (reason(error)) {
          case BUSY ->
              CairnException.stopped("busy", "the server can't do it now: " + message)
                  .hint("run it again");
          case UNREACHABLE ->
              CairnException.stopped("unreachable", message)
                  .hint("run it again when the server can be reached");
          case DISK_FULL ->
              CairnException.stopped("disk-full", "no room is left on the server: " + message);
          case READ_ONLY ->
              CairnException.failed("not-allowed", "the server doesn't allow it: " + message)
                  .hint(allowing(message));
          case CORRUPT -> CairnException.failed("corrupt", "the database is damaged: " + message);
          case INTERRUPTED -> CairnException.of(ExitCode.INTERRUPTED, "interrupted", "interrupted");
          case CONSTRAINT -> CairnException.failed("constraint", message);
          default ->
              error.code().startsWith("HTTP_3")
                  ? CairnException.failed("redirect", message)
                      .hint(
                          "a token isn't carried to where nobody meant it to go: open that address")
                  : other(message);
        };
    return known.causedBy(error);
  }

  private static CairnException other(String message) {
    CairnException failed = CairnException.failed("sql", message);
    return message.startsWith("Namespace `") && message.endsWith("doesn't exist")
        ? failed.hint(
            "?namespace=NAME behind the address names the database; without it a server with several"
                + " takes the host's first word for it")
        : failed;
  }

  /** What helps depends on what is wrong with the token. */
  private static String allowing(String message) {
    String said = message.toLowerCase(Locale.ROOT);
    if (said.contains("none given") || said.contains("empty jwt")) {
      return "it wants a token: export it as CAIRN_AUTH_TOKEN or TURSO_AUTH_TOKEN, or keep it in"
          + " ~/.config/cairn/tokens";
    }
    if (said.contains("expired")) {
      return "make a new token (`turso db tokens create NAME`) and export it as CAIRN_AUTH_TOKEN or"
          + " TURSO_AUTH_TOKEN";
    }
    if (said.contains("permission") || said.contains("forbidden")) {
      return "the token doesn't cover it: one that may write, for this database, does";
    }
    return "CAIRN_AUTH_TOKEN or TURSO_AUTH_TOKEN holds the token; it must be of this server";
  }

  /** Of a change that may have become durable: neither done nor failed. */
  static CairnException unknown(HranaException error) {
    return CairnException.of(
            ExitCode.UNKNOWN,
            "outcome-unknown",
            error.getMessage() + "; whether the statement was carried out is not known")
        .hint("look at the rows before you run it again")
        .causedBy(error);
  }

  private static boolean is(String code, String... primary) {
    for (String one : primary) {
      if (code.equals("SQLITE_" + one) || code.startsWith("SQLITE_" + one + "_")) {
        return true;
      }
    }
    return false;
  }
}
