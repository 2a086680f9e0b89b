package dev.cairn.dialect;

/** A name in double quotes, as every engine here reads it. */
public final class QuotedName {

  private QuotedName() {}

  /** Returns the name so that nothing in it can end it. */
  public static String of(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
