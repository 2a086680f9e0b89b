package dev.cairn.sql.tree;

/**
 * One statement. What the grammar doesn't know is {@link Opaque}: its text is intact, nothing is
 * known of what it does, and nobody may call it safe.
 */
public sealed interface Statement
    permits Query,
        Insert,
        Update,
        Delete,
        Merge,
        Explain,
        Ddl,
        TransactionControl,
        Setting,
        Opaque {

  /** Where the whole statement stands, without its semicolon. */
  Span span();
}
