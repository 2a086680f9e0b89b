package dev.cairn.preview;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words how SQLite would find a statement's rows: its EXPLAIN QUERY PLAN. */
final class AccessWords {
  private static final Pattern SCAN =
      Pattern.compile("SCAN (\\S+)(?: USING (COVERING )?INDEX (\\S+))?.*");
  private static final Pattern NUMBER =
      Pattern.compile("SEARCH (\\S+) USING (?:INTEGER PRIMARY KEY|PRIMARY KEY) \\((.*)\\).*");
  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH (\\S+) USING (AUTOMATIC )?(?:PARTIAL )?(COVERING )?INDEX(?: (\\S+))? \\((.*)\\).*");

  private final Catalog catalog;

  AccessWords(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The words, a line for each table that is read; none where the engine can't say. */
  List<String> of(ReadView view, String statement) {
    List<List<Object>> rows;
    try {
      rows = view.rows(SqlFragment.of("EXPLAIN QUERY PLAN " + statement));
    } catch (CairnException unanswered) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Map<Object, Boolean> each = new HashMap<>();
    for (List<Object> row : rows) {
      String detail = String.valueOf(row.get(3));
      boolean repeated = detail.startsWith("CORRELATED") || each.getOrDefault(row.get(1), false);
      each.put(row.get(0), repeated);
      if (!isForeignKeyCheck(detail, statement)) {
        line(detail).ifPresent(words -> lines.add(repeated ? "for each row: " + words : words));
      }
    }
    return lines.stream().distinct().toList();
  }

  /** The engine looks for rows that refer to each row it takes; worth a word where it must scan. */
  private boolean isForeignKeyCheck(String detail, String statement) {
    String[] words = detail.split(" ");
    return words.length > 1
        && words[0].equals("SEARCH")
        && catalog.table(words[1]).isPresent()
        && !statement.toLowerCase(Locale.ROOT).contains(words[1].toLowerCase(Locale.ROOT));
  }

  private Optional<String> line(String detail) {
    Matcher number = NUMBER.matcher(detail);
    if (number.matches()) {
      String name = number.group(1);
      Optional<String> alias = catalog.table(name).flatMap(Table::rowNumber);
      String columns = columns(number.group(2));
      return Optional.of(
          "searches "
              + name
              + " by its key "
              + alias.map(column -> columns.replace("rowid", column)).orElse(columns));
    }
    Matcher search = SEARCH.matcher(detail);
    if (search.matches()) {
      return Optional.of(search(search));
    }
    Matcher scan = SCAN.matcher(detail);
    if (scan.matches() && !detail.startsWith("SCAN CONSTANT")) {
      return Optional.of(scan(scan));
    }
    return detail.startsWith("USE TEMP B-TREE")
        ? Optional.of("sorts what it found")
        : Optional.empty();
  }

  private String search(Matcher search) {
    String columns = columns(search.group(5));
    if (search.group(2) != null) {
      return "builds an index over " + search.group(1) + " " + columns + " first: none serves it";
    }
    String by = isKey(search.group(4)) ? "its key " : "its index " + search.group(4) + " ";
    return "searches " + search.group(1) + " by " + by + columns;
  }

  private String scan(Matcher scan) {
    if (scan.group(2) == null) {
      return "reads every row of " + scan.group(1);
    }
    String index = isKey(scan.group(3)) ? "its key" : "its index " + scan.group(3);
    return "reads all of " + scan.group(1) + " by " + index + ": no index serves the condition";
  }

  /** The index behind a primary key. */
  private boolean isKey(String index) {
    return catalog.tables().stream()
        .map(Table::indexes)
        .flatMap(List::stream)
        .anyMatch(each -> each.primary() && nameIs(each, index));
  }

  private static boolean nameIs(Index index, String name) {
    return index.name().equalsIgnoreCase(name);
  }

  /** {@code a=? AND b>?} as {@code (a, b)}. */
  private static String columns(String terms) {
    List<String> names = new ArrayList<>();
    for (String term : terms.split(" AND ")) {
      names.add(term.replaceAll("[=<>]+\\?.*", "").toLowerCase(Locale.ROOT));
    }
    return names.stream().distinct().toList().toString().replace('[', '(').replace(']', ')');
  }
}
