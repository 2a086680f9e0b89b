package dev.cairn.journal;

import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run's journal says of one table: which columns it kept, and what each row came to in the
 * end, however often the run, its cascades and triggers wrote it.
 *
 * @param run the run
 * @param target the table
 * @param key the columns that name a row; empty where the row's own number does
 * @param before the columns kept as they were
 * @param after the columns kept as they were written, without the key
 */
public record JournalledRows(
    long run, String target, List<String> key, List<String> before, List<String> after) {

  /** What stands for the row's own number among the columns noted. */
  private static final String ROW = "rowid";

  private static final String DONE = "('inserted', 'updated', 'deleted')";

  public JournalledRows {
    key = List.copyOf(key);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The tables that a change may have written, in the order of their names. */
  public static List<JournalledRows> of(ReadView view, long run) {
    Map<String, List<List<Object>>> columns = new LinkedHashMap<>();
    for (List<Object> row :
        view.rows(
            SqlFragment.of(
                "SELECT target, column_name, key_position, has_before, has_after FROM cairn_touched"
                    + " WHERE run = ? ORDER BY target, key_position, column_name",
                run))) {
      columns.computeIfAbsent(row.get(0).toString(), name -> new ArrayList<>()).add(row);
    }
    List<JournalledRows> tables = new ArrayList<>();
    columns.forEach(
        (target, noted) ->
            tables.add(
                new JournalledRows(
                    run,
                    target,
                    names(noted, 2).stream().filter(name -> !name.equals(ROW)).toList(),
                    names(noted, 3).stream().filter(name -> !name.equals(ROW)).toList(),
                    names(noted, 4).stream()
                        .filter(name -> !names(noted, 2).contains(name))
                        .toList())));
    return tables;
  }

  /** The key's columns, or the name that stands for the row's own number. */
  public List<String> named() {
    return key.isEmpty() ? List.of(ROW) : key;
  }

  /**
   * Each row that was written, once, as it came to be: the key ({@code cairn_k1} …), {@code
   * cairn_there} (1, or 0 where it is gone), {@code cairn_put} (1 where it was put in last), then
   * the values written under their columns' names. Those {@link #onlyPut} speak of rows put in.
   */
  public SqlFragment ends(Dialect dialect) {
    List<String> keys = numbered();
    String partition = String.join(", ", keys);
    String values = after.stream().map(c -> ", " + dialect.quote(c)).collect(Collectors.joining());
    return SqlFragment.of(
            "SELECT "
                + partition
                + ", cairn_there, cairn_put"
                + values
                + " FROM (SELECT *, row_number() OVER"
                + " (PARTITION BY "
                + partition
                + " ORDER BY cairn_seq DESC) AS cairn_last FROM (")
        .then(events(dialect))
        .then(") AS events) AS ends WHERE cairn_last = 1");
  }

  /**
   * Each row that was written, once: the key ({@code cairn_k1} ...), whether it was there before
   * ({@code cairn_before}) and is there after ({@code cairn_after}), its values before ({@code
   * cairn_b_COLUMN}) and as they were written last ({@code cairn_a_COLUMN}).
   */
  SqlFragment net(Dialect dialect) {
    List<String> keys = numbered();
    List<String> select = new ArrayList<>(keys.stream().map(key -> "e." + key).toList());
    rest()
        .forEach(c -> select.add("b." + dialect.quote(c) + " AS " + dialect.quote("cairn_b_" + c)));
    after.forEach(
        c -> select.add("e." + dialect.quote(c) + " AS " + dialect.quote("cairn_a_" + c)));
    String on = keys.stream().map(k -> "b." + k + " = e." + k).collect(Collectors.joining(" AND "));
    return SqlFragment.of(
            "SELECT b.cairn_there AS cairn_before, e.cairn_there AS cairn_after, "
                + String.join(", ", select)
                + " FROM (")
        .then(ends(dialect))
        .then(") AS e JOIN (")
        .then(starts(dialect))
        .then(") AS b ON " + on);
  }

  /**
   * 1 where each row was written once and kept its key, so that {@link #net} needs no sorting: a
   * statement over a whole table wrote as many rows as that.
   */
  SqlFragment once(Dialect dialect) {
    List<String> ends = keysAfter(dialect);
    List<String> moved = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      moved.add(was(named().get(i), dialect) + " IS DISTINCT FROM " + ends.get(i));
    }
    return SqlFragment.of(
        "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND cairn_kind = 'updated' AND ("
            + String.join(" OR ", moved)
            + ")) AND NOT EXISTS (SELECT 1 FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND cairn_kind IN "
            + DONE
            + " GROUP BY "
            + String.join(", ", ends)
            + " HAVING count(*) > 1) THEN 1 ELSE 0 END",
        run,
        run);
  }

  /** {@link #net} where each row was written once; {@code cairn_seq} is the order of writing. */
  SqlFragment netOnce(Dialect dialect) {
    List<String> select = new ArrayList<>();
    for (String end : keysAfter(dialect)) {
      select.add(end + " AS cairn_k" + (select.size() + 1));
    }
    rest().forEach(c -> select.add(dialect.quote(c) + " AS " + dialect.quote("cairn_b_" + c)));
    after.forEach(
        c ->
            select.add(
                dialect.quote(UndoTables.written(c)) + " AS " + dialect.quote("cairn_a_" + c)));
    return SqlFragment.of(
        "SELECT "
            + dialect.writtenOrder()
            + " AS cairn_seq, "
            + dialect.truth("cairn_kind <> 'inserted'")
            + " AS cairn_before, "
            + dialect.truth("cairn_kind <> 'deleted'")
            + " AS cairn_after, "
            + String.join(", ", select)
            + " FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND cairn_kind IN "
            + DONE,
        run);
  }

  private List<String> keysAfter(Dialect dialect) {
    return named().stream()
        .map(
            name ->
                "coalesce(%s, %s)"
                    .formatted(dialect.quote(UndoTables.written(name)), was(name, dialect)))
        .toList();
  }

  /** The column that tells which row it was. */
  private String was(String name, Dialect dialect) {
    return dialect.quote(key.isEmpty() ? UndoTables.ROW_NUMBER : name);
  }

  /** The same as {@link #ends} for what each row was before: its first event tells. */
  private SqlFragment starts(Dialect dialect) {
    List<String> keys = numbered();
    List<String> old = new ArrayList<>();
    List<String> now = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    for (String column : named()) {
      String was = was(column, dialect);
      String is = dialect.quote(UndoTables.written(column));
      old.add(was + " AS cairn_k" + (old.size() + 1));
      now.add((key.isEmpty() ? is : "coalesce(" + is + ", " + was + ")"));
      moved.add(was + " IS DISTINCT FROM " + now.get(now.size() - 1));
    }
    String values = rest().stream().map(c -> ", " + dialect.quote(c)).collect(Collectors.joining());
    String nothing = ", NULL".repeat(rest().size());
    String partition = String.join(", ", keys);
    return SqlFragment.of(
        "SELECT "
            + partition
            + ", cairn_there"
            + values
            + " FROM (SELECT *, row_number() OVER (PARTITION BY "
            + partition
            + " ORDER BY cairn_seq) AS cairn_first FROM (SELECT "
            + dialect.writtenOrder()
            + " * 2 AS cairn_seq, 1 AS cairn_there, "
            + String.join(", ", old)
            + values
            + " FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND cairn_kind IN ('deleted', 'updated')"
            + " UNION ALL SELECT "
            + dialect.writtenOrder()
            + " * 2 + 1, 0, "
            + String.join(", ", now)
            + nothing
            + " FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND (cairn_kind = 'inserted' OR cairn_kind = 'updated' AND ("
            + String.join(" OR ", moved)
            + "))) AS events) AS starts WHERE cairn_first = 1",
        run,
        run);
  }

  /** Rows of a kind that stand there for nothing that was done: {@code kept}, {@code staged}. */
  public SqlFragment count(String kind, Dialect dialect) {
    return SqlFragment.of(
        "SELECT count(*) FROM " + undo(dialect) + " WHERE cairn_run = ? AND cairn_kind = ?",
        run,
        kind);
  }

  /** Some keys of a kind, each followed by the columns kept as they were. */
  public SqlFragment some(String kind, int limit, Dialect dialect) {
    List<String> columns = new ArrayList<>(key.isEmpty() ? List.of(UndoTables.ROW_NUMBER) : key);
    columns.addAll(rest());
    return SqlFragment.of(
        "SELECT "
            + columns.stream().map(dialect::quote).collect(Collectors.joining(", "))
            + " FROM "
            + undo(dialect)
            + " WHERE cairn_run = ? AND cairn_kind = ? LIMIT "
            + limit,
        run,
        kind);
  }

  /** The columns that only rows put in have, where one run changed rows and put others in again. */
  public List<String> onlyPut() {
    return after.stream().filter(column -> !before.contains(column)).toList();
  }

  /** The columns kept as they were, without the key. */
  public List<String> rest() {
    return before.stream().filter(column -> !key.contains(column)).toList();
  }

  /** A row that leaves its key is an end of one and a beginning of another. */
  private SqlFragment events(Dialect dialect) {
    List<String> moved = new ArrayList<>();
    List<String> old = new ArrayList<>();
    List<String> now = new ArrayList<>();
    for (String column : named()) {
      boolean number = key.isEmpty();
      String was = was(column, dialect);
      String is = dialect.quote(UndoTables.written(column));
      String end = number ? is : "coalesce(" + is + ", " + was + ")";
      old.add(was + " AS cairn_k" + (old.size() + 1));
      now.add(end + " AS cairn_k" + (now.size() + 1));
      moved.add(was + " IS DISTINCT FROM " + end);
    }
    String nothing =
        after.stream().map(c -> ", NULL AS " + dialect.quote(c)).collect(Collectors.joining());
    String values =
        after.stream()
            .map(c -> ", " + dialect.quote(UndoTables.written(c)) + " AS " + dialect.quote(c))
            .collect(Collectors.joining());
    return SqlFragment.of(
            "SELECT "
                + dialect.writtenOrder()
                + " * 2 AS cairn_seq, 0 AS cairn_there, 0 AS cairn_put, "
                + String.join(", ", old)
                + nothing
                + " FROM "
                + undo(dialect)
                + " WHERE cairn_run = ? AND (cairn_kind = 'deleted'"
                + " OR cairn_kind = 'updated' AND ("
                + String.join(" OR ", moved)
                + "))",
            run)
        .then(
            " UNION ALL SELECT "
                + dialect.writtenOrder()
                + " * 2 + 1, 1, "
                + dialect.truth("cairn_kind = 'inserted'")
                + ", "
                + String.join(", ", now)
                + values
                + " FROM "
                + undo(dialect)
                + " WHERE cairn_run = ? AND cairn_kind IN ('inserted', 'updated')",
            run);
  }

  private List<String> numbered() {
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= named().size(); i++) {
      keys.add("cairn_k" + i);
    }
    return keys;
  }

  private String undo(Dialect dialect) {
    return dialect.quote(UndoTables.name(target));
  }

  private static List<String> names(List<List<Object>> noted, int flag) {
    return noted.stream()
        .filter(column -> ((Number) column.get(flag)).longValue() > 0)
        .map(column -> column.get(1).toString())
        .toList();
  }
}
