package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import java.util.Set;

/**
 * One statement of the collection.
 *
 * @param topic the file it stands in, without its ending
 * @param line where it begins in that file, from 1
 * @param leftOut the words of names that its tree has no place for
 * @param lacking what the engine's build says for want of a feature, or empty
 */
record CollectedStatement(
    Flavour flavour, String topic, int line, String text, Set<String> leftOut, String lacking) {

  /** Whether the engine is meant to refuse it. */
  boolean isRejected() {
    return topic.equals("rejected");
  }

  @Override
  public String toString() {
    String oneLine = text.replaceAll("\\s+", " ");
    return topic + ":" + line + " " + oneLine.substring(0, Math.min(90, oneLine.length()));
  }
}
