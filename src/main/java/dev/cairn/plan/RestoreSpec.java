package dev.cairn.plan;

import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A restore as a person wants it: checked for form, not yet against any database.
 *
 * @param name the plan's name
 * @param text the plan's text, as a run stores it: a plan file's, or what was typed
 * @param typed whether it was typed
 * @param table whose rows are put back
 * @param from the snapshot: its name, or a database's path in quotes
 * @param columns those that are put back; empty for all but the key
 * @param withDeleted whether rows that only the snapshot has are put in again
 * @param where what the damaged rows look like now; empty where the journal is to tell
 */
public record RestoreSpec(
    String name,
    String text,
    boolean typed,
    SqlText table,
    SqlText from,
    List<SqlText> columns,
    boolean withDeleted,
    Optional<SqlText> where) {
  /** How it is typed. */
  public static final String USAGE =
      "plan restore TABLE from SNAPSHOT [columns (...)] [with deleted] [where ...]";

  private static final String NAME = "\"(?:[^\"]|\"\")+\"|`[^`]+`|\\[[^\\]]+\\]|[^\\s'\"`\\[(]+";
  private static final Pattern FORM =
      Pattern.compile(
          "(?is)restore\\s+(?<table>"
              + NAME
              + ")\\s+from\\s+(?<from>'(?:[^']|'')+'|\"(?:[^\"]|\"\")+\"|[^\\s'\"(]+)"
              + "(?:\\s+columns\\s*\\((?<columns>(?:\"(?:[^\"]|\"\")*\"|[^\")])*)\\))?"
              + "(?<deleted>\\s+with\\s+deleted)?"
              + "(?:\\s+where\\s+(?<where>\\S.*))?\\s*");

  public RestoreSpec {
    columns = List.copyOf(columns);
  }

  /** The same as a step of a plan. */
  RestoreSpec asStep(String plan, String wholeText) {
    return new RestoreSpec(plan, wholeText, typed, table, from, columns, withDeleted, where);
  }

  /** What was typed, with the columns that it means where it names none. */
  public String textWith(List<String> meant, UnaryOperator<String> quote) {
    if (!columns.isEmpty()) {
      return text;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalStateException(text);
    }
    String list = meant.stream().map(quote).collect(Collectors.joining(", "));
    int at = form.end("from");
    return text.substring(0, at) + " columns (" + list + ")" + text.substring(at);
  }

  /** Whether a line behind {@code plan} is one of these. */
  public static boolean isOne(String typed) {
    return typed.matches("(?is)restore(\\s.*)?");
  }

  /**
   * Reads what was typed behind {@code plan}. Fails with exit 2 where its form is wrong.
   *
   * @param flavour how names are quoted
   */
  public static RestoreSpec parse(String typed, Flavour flavour) {
    return parse(typed, flavour, offset -> SourceSpan.at("", typed, offset));
  }

  /**
   * The same for what stands in a script.
   *
   * @param places where an offset in what was typed is for the person who wrote it
   */
  public static RestoreSpec parse(String typed, Flavour flavour, IntFunction<SourceSpan> places) {
    Matcher form = FORM.matcher(typed);
    if (!form.matches()) {
      throw CairnException.usage("restore what, from where?")
          .hint(USAGE + "; a path stands in quotes");
    }
    String table = unquoted(form.group("table"), flavour);
    return new RestoreSpec(
        nameFor(table),
        typed.strip(),
        true,
        new SqlText(table, places.apply(form.start("table"))),
        new SqlText(form.group("from"), places.apply(form.start("from"))),
        form.group("columns") == null
            ? List.of()
            : names(
                form.group("columns"),
                flavour,
                offset -> places.apply(form.start("columns") + offset)),
        form.group("deleted") != null,
        Optional.ofNullable(form.group("where"))
            .map(where -> new SqlText(where.strip(), places.apply(form.start("where")))));
  }

  /** The name of a restore of a table that was typed. */
  private static String nameFor(String table) {
    return ("restore-" + table).replaceAll("[^A-Za-z0-9_-]", "_").toLowerCase(Locale.ROOT);
  }

  private static List<SqlText> names(String list, Flavour flavour, IntFunction<SourceSpan> places) {
    List<SqlText> names = new ArrayList<>();
    boolean wanted = true;
    for (Token token : Lexer.tokens(list, flavour)) {
      if (!token.isSignificant()) {
        continue;
      }
      if (token.is(list, ",") == wanted) {
        throw misread(list).at(places.apply(token.start()));
      }
      if (wanted) {
        names.add(new SqlText(token.name(list), places.apply(token.start())));
      }
      wanted = !wanted;
    }
    if (wanted) {
      throw misread(list).at(places.apply(list.length()));
    }
    return names;
  }

  private static CairnException misread(String list) {
    return CairnException.usage("'" + list.strip() + "' is no list of columns")
        .hint("columns (avg, min, max)");
  }

  private static String unquoted(String name, Flavour flavour) {
    return Lexer.next(name, 0, flavour).name(name);
  }
}
