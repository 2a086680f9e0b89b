package dev.cairn.analysis.link;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Keywords;
import java.util.regex.Pattern;

/** Writes names so that the engine reads them back. */
final class Quoting {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern PLAIN_IN_ANY_CASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Quoting() {}

  /** The name as it is where that is safe, else in quotes. */
  static String name(String name, Flavour flavour) {
    Pattern plain = flavour == Flavour.SQLITE ? PLAIN_IN_ANY_CASE : PLAIN;
    boolean safe = plain.matcher(name).matches() && !Keywords.isKeyword(name, flavour);
    return safe ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
