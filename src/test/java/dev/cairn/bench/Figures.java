package dev.cairn.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures in the order in which they were first measured, and what was checked besides. */
final class Figures {
  private final boolean judged;
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final List<String> checks = new ArrayList<>();
  private boolean sound = true;

  /**
   * @param judged whether limits count
   */
  Figures(boolean judged) {
    this.judged = judged;
  }

  /** A ratio of one round. */
  void ratio(String what, double value, Limit limit) {
    add(what, value, "", limit);
  }

  /** A figure of one round with its unit. */
  void add(String what, double value, String unit, Limit limit) {
    figures
        .computeIfAbsent(what, key -> new Figure(key, new Sample(), unit, limit))
        .sample()
        .add(value);
  }

  /** Something that must be true. */
  void check(String what, boolean holds) {
    checks.add(what + ": " + (holds ? "yes" : "NO"));
    sound &= holds;
    if (!holds) {
      System.err.println("bench: FAILED: " + what);
    }
  }

  List<Figure> all() {
    return List.copyOf(figures.values());
  }

  List<String> checks() {
    return checks;
  }

  boolean judged() {
    return judged;
  }

  boolean allHold() {
    return sound && (!judged || figures.values().stream().allMatch(Figure::holds));
  }
}
