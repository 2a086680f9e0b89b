package dev.cairn.analysis;

import java.util.List;
import java.util.Optional;

/**
 * A statement made key-safe by minimal edits of the person's own text.
 *
 * @param sql the whole statement after the edits
 * @param edits in the order of their places in the text as it was written; they don't overlap
 * @param rule what was wrong, in words: "`point_id` is half of `point_info`'s key (system_id, id)"
 * @param question what a person must agree to where the edits change more than the rows that are
 *     touched, such as an average that becomes one for each system; empty where they don't
 */
public record Rewrite(String sql, List<Edit> edits, String rule, Optional<String> question) {
  public Rewrite {
    edits = List.copyOf(edits);
  }
}
