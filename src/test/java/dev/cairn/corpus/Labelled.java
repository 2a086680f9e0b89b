package dev.cairn.corpus;

import dev.cairn.sql.Flavour;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One statement of the corpus and what the judge says of it.
 *
 * @param schema the folder, whose schema.sql makes the tables and their rows
 * @param place file and line
 * @param text the statement without its semicolon
 * @param flavours the dialects it is written in
 * @param faults what must be found; empty for a right statement
 * @param also checks that may speak of a right statement all the same
 * @param means what its author meant, where it is wrong and that can be said
 * @param asWritten rows that it touches, where stated
 * @param keySafe rows that {@code means} touches, where stated
 * @param fails whether the engine refuses it
 */
record Labelled(
    String schema,
    String place,
    String text,
    Set<Flavour> flavours,
    List<Fault> faults,
    Set<String> also,
    Optional<String> means,
    OptionalInt asWritten,
    OptionalInt keySafe,
    boolean fails) {

  /**
   * What must be found.
   *
   * @param severity error, warning or note
   * @param words words that the message must contain, such as the missing column
   */
  record Fault(String severity, String check, List<String> words) {
    @Override
    public String toString() {
      return (severity + " " + check + " " + String.join(" ", words)).strip();
    }
  }

  boolean right() {
    return faults.isEmpty();
  }

  @Override
  public String toString() {
    return place + "\n" + text;
  }
}
