package dev.cairn.analysis;

/** What a statement does to a table. */
public enum EffectKind {
  INSERT,
  UPDATE,
  DELETE,
  /** INSERT … ON CONFLICT DO UPDATE. */
  UPSERT,
  /** REPLACE and INSERT OR REPLACE: takes away what stands in the way. */
  REPLACE,
  MERGE,
  TRUNCATE,
  /** Adds a table, an index, a view, a trigger or a column and takes nothing away. */
  ADDITIVE_DDL,
  /** Any other change of the schema. */
  DDL,
  /** BEGIN, COMMIT and their like. */
  TRANSACTION,
  /** A change of how the session or the database behaves. */
  SETTING,
  /** Nobody knows. */
  OPAQUE;

  /** Whether rows are changed by it. */
  public boolean changesRows() {
    return compareTo(TRUNCATE) <= 0;
  }
}
