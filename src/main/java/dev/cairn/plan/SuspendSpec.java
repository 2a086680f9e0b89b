package dev.cairn.plan;

import java.util.List;
import java.util.Optional;

/**
 * Triggers that are off while a migration writes, as a plan file has it.
 *
 * @param triggers their names
 * @param then what makes up for them once, behind the last batch
 */
public record SuspendSpec(List<SqlText> triggers, Optional<SqlText> then) {

  public SuspendSpec {
    triggers = List.copyOf(triggers);
  }
}
