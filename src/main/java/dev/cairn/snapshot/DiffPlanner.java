package dev.cairn.snapshot;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides by which key two tables are compared, and in which columns. Columns that only one of them
 * has are named, never silently left out.
 */
public final class DiffPlanner {
  private final Side here;
  private final Side there;

  /** A table where it is. */
  public record Side(Table table, ReadView view, Dialect dialect) {}

  public DiffPlanner(Side here, Side there) {
    this.here = here;
    this.there = there;
  }

  /**
   * The plan. Where the tables have no key in common that no NULL is in, whole rows are compared.
   * Fails with exit 3 where they have no column in common.
   */
  public DiffPlan plan() {
    List<String> notes = new ArrayList<>();
    List<String> common = common(notes);
    Optional<List<String>> key =
        here.table().keys().stream()
            .filter(this::isKeyThere)
            .filter(candidate -> !mayBeNull(here, candidate) && !mayBeNull(there, candidate))
            .findFirst()
            .map(candidate -> named(candidate.columns()));
    key.ifPresent(columns -> noteCollations(columns, notes));
    if (key.isEmpty()) {
      notes.add(
          "no key without NULLs on both sides: whole rows are compared, so a row that changed"
              + " counts as one only here and one only there");
    }
    List<String> columns = new ArrayList<>(key.orElse(common));
    common.stream().filter(column -> !columns.contains(column)).forEach(columns::add);
    return new DiffPlan(
        here.table().name(),
        there.table().name(),
        columns,
        columns.stream().map(name -> column(there, name).name()).toList(),
        key.orElse(columns).size(),
        key.isEmpty(),
        notes);
  }

  private List<String> common(List<String> notes) {
    List<String> common = new ArrayList<>();
    List<String> onlyHere = new ArrayList<>();
    for (Column column : here.table().columns()) {
      boolean both = there.table().column(column.name()).isPresent();
      (both ? common : onlyHere).add(column.name());
    }
    List<String> onlyThere =
        there.table().columns().stream()
            .map(Column::name)
            .filter(name -> here.table().column(name).isEmpty())
            .toList();
    note(onlyHere, "only here", notes);
    note(onlyThere, "only there", notes);
    if (common.isEmpty()) {
      throw CairnException.refused(
              "nothing-in-common",
              "the two tables " + here.table().name() + " have no column in common")
          .hint("`describe " + here.table().name() + "` shows the columns");
    }
    return common;
  }

  private static void note(List<String> columns, String where, List<String> notes) {
    if (!columns.isEmpty()) {
      notes.add(
          "not compared: "
              + String.join(", ", columns)
              + (columns.size() == 1 ? " is " : " are ")
              + where);
    }
  }

  private boolean isKeyThere(Key key) {
    return there.table().keys().stream().anyMatch(other -> other.covers(key.columns()));
  }

  /** A primary key may hold NULLs in SQLite, and a unique index any number of them. */
  private static boolean mayBeNull(Side side, Key key) {
    List<Column> nullable =
        key.columns().stream()
            .map(name -> column(side, name))
            .filter(column -> !column.notNull())
            .filter(column -> !(side.table().withoutRowid() && column.keyPosition() > 0))
            .toList();
    if (nullable.isEmpty()) {
      return false;
    }
    String isNull =
        nullable.stream()
            .map(column -> side.dialect().quote(column.name()) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    String table = side.dialect().table(side.table().name());
    return !side.view()
        .rows(SqlFragment.of("SELECT 1 FROM " + table + " WHERE " + isNull + " LIMIT 1"))
        .isEmpty();
  }

  private List<String> named(List<String> columns) {
    return columns.stream().map(name -> column(here, name).name()).toList();
  }

  private void noteCollations(List<String> key, List<String> notes) {
    List<String> folding =
        key.stream()
            .filter(name -> folds(column(here, name)) || folds(column(there, name)))
            .toList();
    if (!folding.isEmpty()) {
      notes.add(
          "keys are compared byte by byte, whatever the collation of "
              + String.join(", ", folding));
    }
  }

  private static boolean folds(Column column) {
    return !column.collation().isEmpty() && !column.collation().equalsIgnoreCase("BINARY");
  }

  private static Column column(Side side, String name) {
    return side.table().column(name).orElseThrow();
  }
}
