package dev.cairn.analysis.cascade;

/** What becomes of the rows that a foreign key reaches. */
public enum CascadeAction {
  /** They are deleted too. */
  DELETE("ON DELETE CASCADE"),
  /** Their reference becomes NULL. */
  SET_NULL("SET NULL"),
  /** Their reference becomes the column's default. */
  SET_DEFAULT("SET DEFAULT"),
  /** Their reference follows the changed key. */
  UPDATE("ON UPDATE CASCADE"),
  /** They stay, so the statement fails. */
  RESTRICT("RESTRICT");

  private final String words;

  CascadeAction(String words) {
    this.words = words;
  }

  /** The words of the foreign key's declaration. */
  public String words() {
    return words;
  }
}
