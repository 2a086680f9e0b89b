package dev.cairn.sql;

/** The lexical rules a text is read by; libSQL reads as {@link #SQLITE}. */
public enum Flavour {
  SQLITE,
  POSTGRESQL
}
