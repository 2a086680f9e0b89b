package dev.cairn.analysis;

import java.util.Locale;

/** How much a finding weighs: an error refuses, a warning is shown, a note informs. */
public enum Severity {
  ERROR,
  WARNING,
  NOTE;

  /** The word of the contract: {@code error}, {@code warning}, {@code note}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
