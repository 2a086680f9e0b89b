package dev.cairn.analysis;

import dev.cairn.error.SourceSpan;
import java.util.Optional;

/**
 * Something a person should know before anything is written.
 *
 * @param check the name of the check, as in the contract
 * @param severity what follows from it
 * @param message one sentence, with the numbers
 * @param span the place in the text that it speaks of
 * @param rewrite the statement without this fault, where there is an honest one
 * @param probe the query that decides it, where it depends on data
 */
public record Finding(
    String check,
    Severity severity,
    String message,
    Optional<SourceSpan> span,
    Optional<Rewrite> rewrite,
    Optional<Probe> probe) {

  /** A finding that neither a rewrite mends nor data decides. */
  public Finding(String check, Severity severity, String message, Optional<SourceSpan> span) {
    this(check, severity, message, span, Optional.empty(), Optional.empty());
  }

  /** A finding without a place. */
  public static Finding of(String check, Severity severity, String message) {
    return new Finding(check, severity, message, Optional.empty());
  }
}
