package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import java.util.List;
import java.util.Optional;

/**
 * How a column is written at some place.
 *
 * @param qualified with its table in front
 * @param bare without it
 * @param unambiguous whether it can stand without it
 * @param edits what must be changed first so that it can be seen there
 * @param question what else these edits change
 */
record Reference(
    String qualified,
    String bare,
    boolean unambiguous,
    List<Edit> edits,
    Optional<String> question) {
  Reference {
    edits = List.copyOf(edits);
  }

  /** Without its table where that does. */
  String shortest() {
    return unambiguous ? bare : qualified;
  }
}
