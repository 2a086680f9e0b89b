package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import java.util.List;
import java.util.Optional;

/**
 * How a gap is closed.
 *
 * @param edits of the statement's text; none where there is no honest way
 * @param question what else they change, for a person to agree to
 * @param reason why there is no way, where there is none
 */
record Mend(List<Edit> edits, Optional<String> question, String reason) {

  static Mend of(List<Edit> edits, Optional<String> question) {
    return new Mend(List.copyOf(edits), question, "");
  }

  static Mend none(String reason) {
    return new Mend(List.of(), Optional.empty(), reason);
  }

  boolean exists() {
    return !edits.isEmpty();
  }
}
