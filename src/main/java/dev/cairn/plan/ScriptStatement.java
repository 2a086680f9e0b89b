package dev.cairn.plan;

import dev.cairn.sql.tree.Statement;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param sql its text, without its semicolon
 * @param statement its tree
 * @param change what it does to rows, where it changes any; else it changes the schema
 */
public record ScriptStatement(String sql, Statement statement, Optional<ChangeRows> change) {

  /** Its first words. */
  public String words() {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() > 60 ? line.substring(0, 57) + "..." : line;
  }
}
