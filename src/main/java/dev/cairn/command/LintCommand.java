package dev.cairn.command;

import dev.cairn.analysis.lint.Linter;
import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.report.Format;
import java.util.ArrayList;
import java.util.List;

/** {@code lint FILE…}. */
final class LintCommand implements Command {
  @Override
  public String name() {
    return "lint";
  }

  @Override
  public String usage() {
    return "lint FILE…";
  }

  @Override
  public String summary() {
    return "findings for SQL files and folders against this database; runs nothing";
  }

  @Override
  public List<String> details() {
    return List.of(
        "A folder's *.sql files are read in natural order. Each statement is judged against this",
        "database's schema with the changes of the statements before it. A name with spaces stands",
        "in quotes. A comment above a statement or its line allows one finding:",
        "  -- cairn: allow partial-key because every system has the same ids",
        "Ends with exit 3 where there is an error that nothing allows. `cairn lint` does the same",
        "without a database, and writes SARIF and GitHub annotations.");
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.names(Names.FILES);
  }

  @Override
  public void run(Session session, String rest) {
    List<String> names = names(rest);
    if (names.isEmpty()) {
      throw CairnException.usage("lint what?").hint(usage());
    }
    Linter linter = new Linter(session.database().catalog(), session.flavour());
    boolean json = session.settings().format() == Format.JSON;
    Linting linting =
        new Linting(
            linter,
            json ? LintFormat.JSON : LintFormat.TEXT,
            session.settings().color(),
            session.console().out(),
            session.console().err());
    if (linting.lint(names) == ExitCode.REFUSED) {
      throw CairnException.refused("lint", "lint found errors")
          .hint("mend them, or allow one: -- cairn: allow CHECK because …");
    }
  }

  /** The words of the line; quotes hold one together. */
  static List<String> names(String rest) {
    List<String> names = new ArrayList<>();
    for (int at = 0; at < rest.length(); ) {
      char first = rest.charAt(at);
      if (Character.isWhitespace(first)) {
        at++;
        continue;
      }
      boolean quoted = first == '"' || first == '\'';
      int start = quoted ? at + 1 : at;
      int end = start;
      while (end < rest.length()
          && (quoted ? rest.charAt(end) != first : !Character.isWhitespace(rest.charAt(end)))) {
        end++;
      }
      names.add(rest.substring(start, end));
      at = end + 1;
    }
    return names;
  }
}
