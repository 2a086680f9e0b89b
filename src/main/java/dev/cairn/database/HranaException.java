package dev.cairn.database;

/** What a Hrana server answered instead of a result, or that it didn't answer. */
final class HranaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String code;

  /** How much is known. */
  enum Kind {
    /** The server says that it didn't do it. */
    ANSWERED,
    /** The request never got to a server. */
    NOT_SENT,
    /** It may have been done, or not. */
    LOST
  }

  private HranaException(Kind kind, String code, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  /**
   * @param code the server's word for it, such as {@code SQLITE_BUSY}; {@code HTTP_429} and its
   *     like where there is none
   */
  static HranaException answered(String code, String message) {
    return new HranaException(Kind.ANSWERED, code, LibsqlWords.bare(message), null);
  }

  static HranaException notSent(String message, Throwable cause) {
    return new HranaException(Kind.NOT_SENT, "UNREACHABLE", message, cause);
  }

  /** Somebody here wanted it to end. */
  static HranaException interrupted(Throwable cause) {
    return new HranaException(Kind.LOST, "INTERRUPTED", "interrupted", cause);
  }

  /** Nothing was sent, as whoever answered isn't known to be the one that was meant. */
  static HranaException notTrusted(String message, Throwable cause) {
    return new HranaException(Kind.NOT_SENT, "NOT_TRUSTED", message, cause);
  }

  /** It was done as far as this row, whose text the server can't send: its thread ended over it. */
  static HranaException notUtf8() {
    return new HranaException(
        Kind.LOST,
        "NOT_UTF8",
        "a text of the result isn't UTF-8, and the server can't send it",
        null);
  }

  static HranaException lost(String message, Throwable cause) {
    return new HranaException(Kind.LOST, "LOST", message, cause);
  }

  Kind kind() {
    return kind;
  }

  boolean isInterruption() {
    return code.equals("INTERRUPTED");
  }

  /** Nothing that may pass: it goes the same way each time. */
  boolean isNotUtf8() {
    return code.equals("NOT_UTF8");
  }

  String code() {
    return code;
  }
}
