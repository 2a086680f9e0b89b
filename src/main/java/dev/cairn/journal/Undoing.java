package dev.cairn.journal;

/** The text of the plan that takes a run back, as its own run stores it. */
public final class Undoing {
  private static final String WORD = "undo ";

  private Undoing() {}

  /** The text for a run. */
  public static String text(long run) {
    return WORD + run;
  }

  /** Whether a plan's text is such a text. */
  public static boolean isText(String text) {
    return text.startsWith(WORD);
  }

  /** The number of the run that such a text takes back. */
  public static long undone(String text) {
    return Long.parseLong(text.substring(WORD.length()).strip());
  }

  /** The number of the run that this run takes back. */
  static long undone(Run run) {
    return undone(run.planText());
  }
}
