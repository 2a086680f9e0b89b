package dev.cairn.plan;

import java.util.List;

/**
 * Steps that are done one after the other, each as a run of its own. What a step comes to is known
 * when its turn comes.
 *
 * @param steps in order
 */
public record StepSequence(List<Part> steps) implements PlanStep {

  public StepSequence {
    steps = List.copyOf(steps);
  }

  /**
   * One of the steps.
   *
   * @param name what it is called
   * @param kind what it does, in a word of the plan file, or {@code undo}, {@code rollback}
   * @param run the run that it takes back; 0 for none
   */
  public record Part(String name, String kind, long run) {
    private static final String MARK = "STEP:";

    /** How a run's lane says which step it stands for. */
    public String mapping() {
      return MARK + kind + (run == 0 ? "" : ":" + run);
    }

    /** Whether a lane stands for a step. */
    public static boolean isMapping(String mapping) {
      return mapping.startsWith(MARK);
    }

    /** The step that a lane stands for. */
    public static Part of(String name, String mapping) {
      String[] words = mapping.substring(MARK.length()).split("\\|", 2)[0].split(":");
      return new Part(name, words[0], words.length > 1 ? Long.parseLong(words[1]) : 0);
    }
  }

  @Override
  public String tableName() {
    return "";
  }
}
