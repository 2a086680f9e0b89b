package dev.cairn.analysis;

import dev.cairn.analysis.check.Checks;
import dev.cairn.analysis.rebuild.RebuildCheck;
import java.util.ArrayList;
import java.util.List;

/** What the checks are called, as in the contract. */
public final class CheckNames {
  private static final List<String> ALL = gather();

  private CheckNames() {}

  private static List<String> gather() {
    List<String> names = new ArrayList<>(List.of("partial-key"));
    Checks.all().forEach(check -> names.add(check.name()));
    names.add(RebuildCheck.NAME);
    return List.copyOf(names);
  }

  /** All of them. */
  public static List<String> all() {
    return ALL;
  }
}
