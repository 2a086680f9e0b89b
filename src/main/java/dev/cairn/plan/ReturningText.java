package dev.cairn.plan;

import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A statement that writes rows, so that it can be asked for them in its own text.
 *
 * @param sql the text as the person wrote it
 * @param statement its tree: an UPDATE, DELETE or INSERT
 */
public record ReturningText(String sql, Statement statement) {

  /** What the target's columns are qualified with, quoted. */
  public String label() {
    Name name = target().label();
    String text = name.quoted() ? name.text() : name.text().toLowerCase(Locale.ROOT);
    return QuotedName.of(text);
  }

  /** Whether it takes rows away. */
  public boolean deletes() {
    return statement instanceof Delete;
  }

  /** Whether it puts rows in. */
  public boolean inserts() {
    return statement instanceof Insert;
  }

  /** Whether it changes rows that are there. */
  public boolean updates() {
    return statement instanceof Update
        || (statement instanceof Insert insert
            && insert.onConflict().stream().anyMatch(clause -> !clause.doesNothing()));
  }

  /** Whether it gives rows to whoever runs it. */
  public boolean returns() {
    return !items().isEmpty();
  }

  /** The text with these terms in front of what it returns. */
  public String returning(String terms) {
    if (items().isEmpty()) {
      return sql.substring(0, statement.span().end()) + "\nRETURNING " + terms;
    }
    int at = items().get(0).span().start();
    return sql.substring(0, at) + terms + ", " + sql.substring(at, statement.span().end());
  }

  /** The columns that rows which are there may get other values in, as written. */
  public Set<String> assigned() {
    Set<String> columns = new LinkedHashSet<>();
    if (statement instanceof Update update) {
      add(update.assignments(), columns);
    } else if (statement instanceof Insert insert) {
      insert.onConflict().forEach(clause -> add(clause.assignments(), columns));
    }
    return columns;
  }

  /** Whether a row that is there may get another key. */
  public boolean moves(TouchedTable target) {
    Set<String> assigned = assigned();
    return target.key().stream()
        .anyMatch(column -> assigned.stream().anyMatch(column::equalsIgnoreCase));
  }

  private static void add(List<Assignment> assignments, Set<String> columns) {
    assignments.forEach(each -> each.columns().forEach(name -> columns.add(name.text())));
  }

  private From.TableRef target() {
    if (statement instanceof Update update) {
      return update.target();
    }
    return statement instanceof Delete delete ? delete.target() : ((Insert) statement).target();
  }

  private List<Query.SelectItem> items() {
    if (statement instanceof Update update) {
      return update.returning();
    }
    return statement instanceof Delete delete
        ? delete.returning()
        : ((Insert) statement).returning();
  }
}
