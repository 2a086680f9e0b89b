package dev.cairn.shell;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Keywords;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which words may stand at a place in SQL. */
final class SqlNames {
  private static final List<String> BEFORE_TABLES =
      List.of("from", "join", "into", "update", "table", "references");

  private final Catalog catalog;
  private final Flavour flavour;

  SqlNames(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
  }

  /** The words, each once; keywords only where something was typed. */
  Set<String> at(Place place) {
    Set<String> words = new LinkedHashSet<>();
    Optional<String> qualifier = qualifier(place);
    if (qualifier.isPresent()) {
      table(qualifier.get(), place).ifPresent(table -> columns(table, words));
      return words;
    }
    if (!behindTableWord(place)) {
      List<Table> mentioned = mentioned(place);
      (mentioned.isEmpty() ? catalog.tables() : mentioned).forEach(t -> columns(t, words));
      keywords(place.word(), words);
    }
    catalog.tables().forEach(table -> words.add(spelled(table.name())));
    return words;
  }

  /** Keywords in the case in which the word was begun. */
  private void keywords(String typed, Set<String> words) {
    if (typed.isEmpty()) {
      return;
    }
    boolean upper = typed.equals(typed.toUpperCase(Locale.ROOT));
    for (String keyword : Keywords.of(flavour)) {
      words.add(upper ? keyword.toUpperCase(Locale.ROOT) : keyword);
    }
  }

  private void columns(Table table, Set<String> words) {
    table.columns().stream().map(Column::name).map(this::spelled).forEach(words::add);
  }

  private static Optional<String> qualifier(Place place) {
    List<Token> before = place.before();
    int size = before.size();
    return size >= 2 && before.get(size - 1).is(place.line(), ".")
        ? Optional.of(before.get(size - 2).name(place.line()))
        : Optional.empty();
  }

  private static boolean behindTableWord(Place place) {
    List<Token> before = place.before();
    if (before.isEmpty()) {
      return false;
    }
    String last = before.get(before.size() - 1).text(place.line()).toLowerCase(Locale.ROOT);
    return BEFORE_TABLES.contains(last);
  }

  /** A table by its name, or by the alias that some statement at hand gives it. */
  private Optional<Table> table(String name, Place place) {
    List<Token> tokens = place.statement();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Optional<Table> table = nameAt(tokens.get(i), place.line()).flatMap(catalog::table);
      int next = tokens.get(i + 1).is(place.line(), "as") ? i + 2 : i + 1;
      if (table.isPresent()
          && next < tokens.size()
          && tokens.get(next).name(place.line()).equalsIgnoreCase(name)) {
        return table;
      }
    }
    return catalog.table(name);
  }

  private List<Table> mentioned(Place place) {
    List<Table> tables = new ArrayList<>();
    for (Token token : place.statement()) {
      nameAt(token, place.line()).flatMap(catalog::table).ifPresent(tables::add);
    }
    return tables;
  }

  private static Optional<String> nameAt(Token token, String line) {
    boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
    return name ? Optional.of(token.name(line)) : Optional.empty();
  }

  /** A name as it can be typed: in quotes where it would be read as something else. */
  private String spelled(String name) {
    boolean plain =
        !name.isEmpty()
            && !Character.isDigit(name.charAt(0))
            && name.codePoints().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
            && !Keywords.isKeyword(name, flavour);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
