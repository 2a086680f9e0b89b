package dev.cairn.analysis.rebuild;

import dev.cairn.analysis.Finding;
import java.util.List;

/**
 * A table made anew.
 *
 * @param table its name, the same before and after
 * @param drop which of the statements drops the old one, counted from 0
 * @param losses what may be lost, each an error of the check {@code rebuild-loss} whose place lies
 *     in the statement of the same place in {@code at}; empty where all is kept
 * @param at the statement that each loss points at, counted from 0
 */
public record Rebuild(String table, int drop, List<Finding> losses, List<Integer> at) {
  public Rebuild {
    losses = List.copyOf(losses);
    at = List.copyOf(at);
  }
}
