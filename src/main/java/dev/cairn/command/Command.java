package dev.cairn.command;

import java.util.List;

/** One command: what it is called, what it is for, and what it does. */
interface Command {

  /** The word that begins its line. */
  String name();

  /** How it is typed. */
  String usage();

  /** What it does, in a sentence. */
  String summary();

  /** More for {@code help NAME}, line by line. */
  default List<String> details() {
    return List.of();
  }

  /**
   * What may stand next on its line, for completion.
   *
   * @param before the words typed behind the command's own, whole ones only
   */
  default Expected expected(List<String> before) {
    return Expected.NOTHING;
  }

  /**
   * Runs it. Fails with a {@link dev.cairn.error.CairnException} where it can't.
   *
   * @param rest the line behind the command's word, stripped
   */
  void run(Session session, String rest);

  /**
   * Runs it, for a command that has SQL on its line and speaks of places in it.
   *
   * @param place where the line behind the command's word begins
   */
  default void run(Session session, String rest, Place place) {
    run(session, rest);
  }
}
