package dev.cairn.sql;

/** What a statement does, as far as its tokens tell; in doubt it is {@link #OPAQUE}. */
public enum StatementKind {
  /** Reads and changes nothing. */
  READ,
  /** A plain INSERT … VALUES or DEFAULT VALUES that only adds the rows it spells out. */
  INSERT_VALUES,
  /** Changes rows in any other way. */
  CHANGE,
  BEGIN,
  COMMIT,
  ROLLBACK,
  /** SAVEPOINT, RELEASE and ROLLBACK TO. */
  SAVEPOINT,
  /** Adds a table, an index, a view or a column and takes nothing away. */
  ADDITIVE_DDL,
  /** Any other change of the schema or the file. */
  DDL,
  /** Changes how the session or the database behaves: a writing PRAGMA, ATTACH, DETACH, SET. */
  SETTING,
  /** Not understood, so never called safe. */
  OPAQUE
}
