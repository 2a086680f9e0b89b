package dev.cairn.plan;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Triggers of a target that are off while a batch writes it, and on again before that batch's
 * transaction ends: nobody else ever sees them off, and a crash at any moment leaves them on.
 *
 * @param table the target's name
 * @param triggers their names as declared
 * @param then one statement that makes up for them, run once behind the last batch
 */
public record Suspension(String table, List<String> triggers, Optional<String> then) {

  public Suspension {
    triggers = List.copyOf(triggers);
  }

  /** Switches them off for the transaction. It locks the table against others' writes. */
  private List<SqlFragment> off(Dialect dialect) {
    return alter("DISABLE", dialect);
  }

  private List<SqlFragment> on(Dialect dialect) {
    return alter("ENABLE", dialect);
  }

  /** A batch within which they are off: from behind its fence to its end. */
  public List<SqlFragment> around(List<SqlFragment> batch, Dialect dialect) {
    List<SqlFragment> all = new ArrayList<>(batch);
    all.addAll(1, off(dialect));
    all.addAll(on(dialect));
    return all;
  }

  private List<SqlFragment> alter(String how, Dialect dialect) {
    return triggers.stream()
        .map(
            trigger ->
                SqlFragment.of(
                    "ALTER TABLE %s %s TRIGGER %s"
                        .formatted(dialect.quote(table), how, dialect.quote(trigger))))
        .toList();
  }
}
