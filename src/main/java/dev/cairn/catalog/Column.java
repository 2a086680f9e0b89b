package dev.cairn.catalog;

/**
 * One column as the database declares it.
 *
 * @param name as declared
 * @param type the declared type, empty where none is given
 * @param notNull whether NULL is refused (a rowid alias counts as NOT NULL)
 * @param defaultValue the default's SQL text, or null
 * @param keyPosition 1-based place in the primary key, 0 outside it
 * @param generated whether the database computes it, so that nobody may write it
 * @param collation how its texts compare, in upper case where the engine minds no case; empty for
 *     the engine's own way
 */
public record Column(
    String name,
    String type,
    boolean notNull,
    String defaultValue,
    int keyPosition,
    boolean generated,
    String collation) {

  /** Whether a row may leave this column out. */
  public boolean mayBeOmitted() {
    return !notNull || defaultValue != null || generated;
  }
}
