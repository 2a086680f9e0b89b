package dev.cairn.error;

import java.util.Optional;

/**
 * Something that a person must be told: what happened, where, and the next step. The exit code says
 * what kind of next step; the {@code code} is a stable word for scripts ({@code busy}, {@code
 * plan-file}, {@code drift}).
 */
public final class CairnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final String code;
  private final transient SourceSpan span;
  private final String hint;

  private CairnException(
      ExitCode exit, String code, String message, SourceSpan span, String hint, Throwable cause) {
    super(message, cause);
    this.exit = exit;
    this.code = code;
    this.span = span;
    this.hint = hint;
  }

  /** An error with its exit code, its stable word and its message. */
  public static CairnException of(ExitCode exit, String code, String message) {
    return new CairnException(exit, code, message, null, null, null);
  }

  /** The engine said no, or the SQL is wrong: exit 1. */
  public static CairnException failed(String code, String message) {
    return of(ExitCode.FAILED, code, message);
  }

  /** A safety check refused: exit 3. */
  public static CairnException refused(String code, String message) {
    return of(ExitCode.REFUSED, code, message);
  }

  /** Something is no longer as it was planned: exit 4. */
  public static CairnException drift(String code, String message) {
    return of(ExitCode.DRIFT, code, message);
  }

  /** Stopped, nothing lost: exit 6. */
  public static CairnException stopped(String code, String message) {
    return of(ExitCode.STOPPED, code, message);
  }

  /** The command line was used wrongly: exit 2. */
  public static CairnException usage(String message) {
    return of(ExitCode.USAGE, "usage", message);
  }

  /**
   * The same error in other words, where the engine said no (exit 1). What says that an answer
   * didn't come, or that somebody stopped it, stays as it is.
   */
  public CairnException reworded(String word, String message) {
    return exit == ExitCode.FAILED ? failed(word, message).causedBy(this) : this;
  }

  /** The same error with the next step. */
  public CairnException hint(String next) {
    return new CairnException(exit, code, getMessage(), span, next, getCause());
  }

  /** The same error with its place. */
  public CairnException at(SourceSpan place) {
    return new CairnException(exit, code, getMessage(), place, hint, getCause());
  }

  /** The same error with the failure beneath it, for {@code --debug}. */
  public CairnException causedBy(Throwable cause) {
    return new CairnException(exit, code, getMessage(), span, hint, cause);
  }

  /** How the process ends if nobody handles this. */
  public ExitCode exit() {
    return exit;
  }

  /** The stable word of this error. */
  public String code() {
    return code;
  }

  /** The place, where there is one. */
  public Optional<SourceSpan> span() {
    return Optional.ofNullable(span);
  }

  /** The next step, where one is known. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
