package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds ON CONFLICT clauses that speak of no key: the engine refuses the statement, and often
 * enough the key that was meant has one column more.
 */
public final class ConflictTarget implements Check {
  private static final Set<String> ROW_NUMBERS = Set.of("rowid", "_rowid_", "oid");

  @Override
  public String name() {
    return "conflict-target";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      if (block.statement().orElseThrow() instanceof Insert insert) {
        Optional<Table> table =
            block.relations().stream()
                .findFirst()
                .flatMap(target -> target.table())
                .filter(each -> !each.view());
        table.ifPresent(each -> find(context, insert, each, findings));
      }
    }
    return findings;
  }

  private void find(CheckContext context, Insert insert, Table table, List<Finding> findings) {
    for (Insert.OnConflict conflict : insert.onConflict()) {
      problem(context, conflict, table)
          .ifPresent(
              message ->
                  findings.add(
                      context.finding(
                          name(),
                          context.severity(Severity.ERROR),
                          message,
                          place(conflict),
                          Optional.empty())));
    }
  }

  private static Span place(Insert.OnConflict conflict) {
    return conflict.target().isEmpty() ? conflict.span() : conflict.target().get(0).span();
  }

  private static Optional<String> problem(
      CheckContext context, Insert.OnConflict conflict, Table table) {
    if (conflict.constraint().isPresent()) {
      String named = conflict.constraint().get().text();
      return named(table, named)
          ? Optional.empty()
          : Optional.of(table.name() + " has no unique constraint " + named + keys(table));
    }
    if (conflict.target().isEmpty()) {
      boolean missing = context.flavour() == Flavour.POSTGRESQL && !conflict.doesNothing();
      return missing
          ? Optional.of("ON CONFLICT DO UPDATE must name a key of " + table.name() + keys(table))
          : Optional.empty();
    }
    return matches(context, conflict, table)
        ? Optional.empty()
        : Optional.of(message(context, conflict, table));
  }

  private static String message(CheckContext context, Insert.OnConflict conflict, Table table) {
    String columns =
        conflict.target().stream()
            .map(each -> each.span().in(context.text()))
            .collect(Collectors.joining(", ", "(", ")"));
    boolean partial =
        table.indexes().stream()
            .anyMatch(
                index ->
                    index.unique() && index.partial() && covers(context, conflict, table, index));
    return "ON CONFLICT "
        + columns
        + " is no key of "
        + table.name()
        + (partial ? " but for an index with a WHERE, which must be repeated" : keys(table));
  }

  private static String keys(Table table) {
    List<Key> keys = table.keys();
    return keys.isEmpty()
        ? ", which has none"
        : keys.stream()
            .map(key -> "(" + String.join(", ", key.columns()) + ")")
            .distinct()
            .collect(Collectors.joining(", ", "; its keys: ", ""));
  }

  /** PostgreSQL names a primary key without a name of its own after its table. */
  private static boolean named(Table table, String name) {
    return table.indexes().stream()
            .anyMatch(index -> index.unique() && index.name().equalsIgnoreCase(name))
        || table.keys().stream().anyMatch(key -> key.name().equalsIgnoreCase(name))
        || (!table.primaryKey().isEmpty() && (table.name() + "_pkey").equalsIgnoreCase(name));
  }

  private static boolean matches(CheckContext context, Insert.OnConflict conflict, Table table) {
    List<String> columns = columns(context, conflict, table);
    if (columns.size() == conflict.target().size()) {
      if (covers(table.primaryKey(), columns)) {
        return true;
      }
      boolean rowNumber =
          context.flavour() == Flavour.SQLITE
              && !table.withoutRowid()
              && columns.size() == 1
              && ROW_NUMBERS.contains(columns.get(0))
              && table.column(columns.get(0)).isEmpty();
      if (rowNumber) {
        return true;
      }
    }
    return table.indexes().stream()
        .filter(Index::unique)
        .filter(index -> covers(context, conflict, table, index))
        .anyMatch(index -> whereFits(context, conflict, index));
  }

  private static List<String> columns(
      CheckContext context, Insert.OnConflict conflict, Table table) {
    return conflict.target().stream()
        .flatMap(each -> column(context, each, table).stream())
        .toList();
  }

  /** The column that a term of the target names, also with the collation that it has anyway. */
  private static Optional<String> column(CheckContext context, Expr term, Table table) {
    if (term instanceof Expr.ColumnRef ref) {
      return Optional.of(ref.column().folded());
    }
    boolean collated =
        term instanceof Expr.Operation operation && operation.operator().equals("COLLATE");
    if (!collated || !(((Expr.Operation) term).operands().get(0) instanceof Expr.ColumnRef ref)) {
      return Optional.empty();
    }
    String words = plain(term.span().in(context.text()), context.flavour());
    String collation = words.substring(words.lastIndexOf(' ') + 1);
    String own =
        table
            .column(ref.column().text())
            .map(Column::collation)
            .filter(each -> !each.isEmpty())
            .orElse("binary");
    return context.flavour() == Flavour.POSTGRESQL || own.equalsIgnoreCase(collation)
        ? Optional.of(ref.column().folded())
        : Optional.empty();
  }

  private static boolean covers(List<String> key, List<String> columns) {
    Set<String> folded = new HashSet<>();
    key.forEach(column -> folded.add(column.toLowerCase(Locale.ROOT)));
    return !folded.isEmpty() && folded.equals(new HashSet<>(columns));
  }

  private static boolean covers(
      CheckContext context, Insert.OnConflict conflict, Table table, Index index) {
    Set<String> wanted = new HashSet<>();
    for (Expr each : conflict.target()) {
      wanted.add(
          column(context, each, table)
              .orElseGet(() -> plain(each.span().in(context.text()), context.flavour())));
    }
    Set<String> parts = new HashSet<>();
    for (int i = 0; i < index.parts().size(); i++) {
      boolean column = i < index.columns().size() && !index.columns().get(i).isEmpty();
      parts.add(
          column
              ? index.columns().get(i).toLowerCase(Locale.ROOT)
              : plain(index.parts().get(i), context.flavour()));
    }
    if (parts.equals(wanted)) {
      return true;
    }
    // PostgreSQL takes an index with another collation or operator class for the bare column.
    Set<String> bare = new HashSet<>();
    parts.forEach(part -> bare.add(part.split(" ", 2)[0]));
    return context.flavour() == Flavour.POSTGRESQL && bare.equals(wanted);
  }

  /** SQLite wants the same words, PostgreSQL a condition that implies the index's own. */
  private static boolean whereFits(CheckContext context, Insert.OnConflict conflict, Index index) {
    if (index.where().isEmpty()) {
      return true;
    }
    if (conflict.targetWhere().isEmpty()) {
      return false;
    }
    return context.flavour() == Flavour.POSTGRESQL
        || plain(index.where().get(), context.flavour())
            .equals(
                plain(conflict.targetWhere().get().span().in(context.text()), context.flavour()));
  }

  /** An expression's words, without case, comments, quotes of names and parentheses around it. */
  private static String plain(String text, Flavour flavour) {
    List<String> words = new ArrayList<>();
    for (Token token : Lexer.tokens(text, flavour)) {
      if (token.isSignificant()) {
        String word = token.text(text);
        boolean quoted = word.length() > 1 && "\"`[".indexOf(word.charAt(0)) >= 0;
        String bare = quoted ? word.substring(1, word.length() - 1) : word;
        words.add(word.startsWith("'") ? word : bare.toLowerCase(Locale.ROOT));
      }
    }
    while (words.size() > 2
        && words.get(0).equals("(")
        && words.get(words.size() - 1).equals(")")
        && words.subList(1, words.size() - 1).stream().noneMatch("()"::contains)) {
      words = words.subList(1, words.size() - 1);
    }
    return String.join(" ", words);
  }
}
