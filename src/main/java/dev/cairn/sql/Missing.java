package dev.cairn.sql;

/**
 * What a statement that the text breaks off in is still waiting for; a prompt says so, a script
 * calls it an error.
 */
public enum Missing {
  NOTHING("nothing"),
  SEMICOLON("a semicolon"),
  CLOSING_PARENTHESIS("a closing parenthesis"),
  END_OF_BODY("the END of its body"),
  END_OF_STRING("the end of a string"),
  END_OF_NAME("the end of a quoted name"),
  END_OF_COMMENT("the end of a comment"),
  END_OF_DOLLAR_QUOTE("the end of a dollar quote");

  private final String description;

  Missing(String description) {
    this.description = description;
  }

  /** Returns words that go on from "the statement lacks …". */
  public String description() {
    return description;
  }
}
