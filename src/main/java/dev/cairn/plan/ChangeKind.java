package dev.cairn.plan;

import java.util.Locale;

/** What a change does to the rows of its target. */
public enum ChangeKind {
  UPDATE,
  DELETE,
  /** INSERT … SELECT, and whatever else can both insert and change rows. */
  INSERT;

  /** The word for a person. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
