package dev.cairn.journal;

import java.util.Locale;

/** What the text that a run stores is. */
public enum RunKind {
  /** A plan file's. */
  PLAN,
  /** A statement that was planned. */
  SQL,
  /** A statement that was typed and ran at once. */
  TYPED;

  static RunKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word in the journal. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
