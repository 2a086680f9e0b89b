package dev.cairn.journal;

/** The text of the plan that takes a run back, as its own run stores it. */
public final class Undoing {
  private static final String WORD = "undo ";
  private static final String ROLLBACK = "rollback ";

  private Undoing() {}

  /** The text for a run. */
  public static String text(long run) {
    return WORD + run;
  }

  /** The text for the changes of the schema that a run of a script made. */
  public static String rollback(long run) {
    return ROLLBACK + run;
  }

  /** Whether a plan's text is such a text. */
  public static boolean isText(String text) {
    return text.startsWith(WORD) || isRollback(text);
  }

  /** Whether it takes back changes of the schema. */
  public static boolean isRollback(String text) {
    return text.startsWith(ROLLBACK);
  }

  /** The number of the run that such a text takes back. */
  public static long undone(String text) {
    return Long.parseLong(text.substring(text.indexOf(' ')).strip());
  }

  /** The number of the run that this run takes back. */
  static long undone(Run run) {
    return undone(run.planText());
  }
}
