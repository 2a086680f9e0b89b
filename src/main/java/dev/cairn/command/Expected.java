package dev.cairn.command;

import java.util.List;

/**
 * What may stand next on a command's line.
 *
 * @param words these words themselves
 * @param names names of a kind, which whoever completes looks up
 */
public record Expected(List<String> words, Names names) {
  /** Nothing in particular. */
  public static final Expected NOTHING = new Expected(List.of(), Names.NONE);

  /** What names are of. */
  public enum Names {
    NONE,
    TABLES,
    PLANS,
    COMMANDS,
    /** The rest of the line is a path. */
    FILES,
    /** The rest of the line is SQL over the database's columns. */
    SQL
  }

  public Expected {
    words = List.copyOf(words);
  }

  static Expected words(String... words) {
    return new Expected(List.of(words), Names.NONE);
  }

  static Expected names(Names names) {
    return new Expected(List.of(), names);
  }

  /** These names as the first word behind the command, and nothing behind them. */
  static Expected first(List<String> before, Names names) {
    return before.isEmpty() ? names(names) : NOTHING;
  }
}
