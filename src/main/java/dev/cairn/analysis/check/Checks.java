package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import java.util.List;

/** The checks of one statement, but for {@code partial-key}. */
public final class Checks {

  private Checks() {}

  /** In the order in which a person is told. */
  public static List<Check> all() {
    return List.of(
        new OuterColumn(),
        new MissingWhere(),
        new AlwaysTrue(),
        new NullNotIn(),
        new FanOut(),
        new ConflictTarget(),
        new LiveWriter(),
        new KeyChange(),
        new CascadeCheck(),
        new TriggerCheck(),
        new OpaqueCheck());
  }
}
