package dev.cairn.sql.tree;

/** {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK}, {@code SAVEPOINT} and their like. */
public record TransactionControl(Kind kind, Span span) implements Statement {

  /** Which of them; SAVEPOINT stands for RELEASE and ROLLBACK TO as well. */
  public enum Kind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT
  }
}
