package dev.cairn.catalog;

/** What makes a set of columns unique. */
public enum KeyKind {
  PRIMARY,
  UNIQUE
}
