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
 */
public record Finding(String check, Severity severity, String message, Optional<SourceSpan> span) {

  /** A finding without a place. */
  public static Finding of(String check, Severity severity, String message) {
    return new Finding(check, severity, message, Optional.empty());
  }
}
