package dev.cairn.error;

/** How the process ends: the numbers of the contract, each saying what a person must do next. */
public enum ExitCode {
  /** Everything asked was done. */
  DONE(0),
  /** The SQL or the engine said no. */
  FAILED(1),
  /** The command line was used wrongly. */
  USAGE(2),
  /** A safety check refused, or an approval is missing. */
  REFUSED(3),
  /** Schema, data, plan text, target or journal format are no longer what was planned. */
  DRIFT(4),
  /** A verification or an expectation failed. */
  MISMATCH(5),
  /** Stopped with nothing lost; {@code resume} continues. */
  STOPPED(6),
  /** The outcome is not known; {@code resume} finds out. */
  UNKNOWN(7),
  /** A fault in Cairn itself. */
  FAULT(70),
  /** Interrupted (SIGINT); resumable. */
  INTERRUPTED(130),
  /** Terminated (SIGTERM, SIGHUP); resumable. */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }
}
