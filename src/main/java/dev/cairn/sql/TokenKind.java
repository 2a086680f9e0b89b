package dev.cairn.sql;

/** What a stretch of SQL text is. */
public enum TokenKind {
  /** An unquoted word: keyword or name. */
  WORD,
  /** A name in {@code "…"}, and in SQLite also in backticks or brackets. */
  QUOTED_NAME,
  /** A text literal, PostgreSQL's dollar quotes and prefixed literals among them. */
  STRING,
  NUMBER,
  /** SQLite's {@code x'…'} and PostgreSQL's {@code X'…'} and {@code B'…'}. */
  BLOB,
  PARAMETER,
  /** An operator or a punctuation mark, the semicolon among them. */
  OPERATOR,
  COMMENT,
  SPACE,
  /** A literal, quoted name or comment that the text ends in the middle of. */
  UNTERMINATED,
  /** What the engine would not read at all, such as {@code 1abc} or a NUL. */
  INVALID
}
