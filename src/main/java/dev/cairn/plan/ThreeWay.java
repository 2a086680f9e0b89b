package dev.cairn.plan;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of a table as they are now ({@code n}), as they were in a snapshot ({@code h}), and as
 * runs left them in between ({@code e1} for the newest). Preview and batches ask here, so that they
 * can't mean different rows.
 *
 * @param target the table, the key that names a row in both, the columns to put back
 * @param schema the name by which queries call the snapshot
 * @param where what the damaged rows look like now; empty where the runs alone tell
 * @param left what each run since the snapshot left, newest first
 * @param dialect the database's SQL
 */
public record ThreeWay(
    TouchedTable target, String schema, Optional<String> where, List<Left> left, Dialect dialect) {

  public ThreeWay {
    left = List.copyOf(left);
  }

  /**
   * What a run left.
   *
   * @param ends each row it wrote, once: {@code cairn_k1} ..., {@code cairn_there}, then values
   * @param columns the columns of those values
   * @param onlyPut those of them that it wrote only in rows where {@code cairn_put} is 1
   */
  public record Left(SqlFragment ends, List<String> columns, List<String> onlyPut) {
    public Left {
      columns = List.copyOf(columns);
      onlyPut = List.copyOf(onlyPut);
    }

    private String wrote(String column) {
      return onlyPut.stream().anyMatch(column::equalsIgnoreCase)
          ? ".cairn_put = 1"
          : ".cairn_there IS NOT NULL";
    }
  }

  /** The columns compared when a row's batch comes: the key, and what was or may be written. */
  public List<String> compared() {
    Set<String> all = new LinkedHashSet<>(target.key());
    all.addAll(target.after());
    left.forEach(
        run ->
            run.columns().stream()
                .flatMap(name -> target.table().column(name).stream())
                .filter(column -> !column.generated())
                .forEach(column -> all.add(column.name())));
    return List.copyOf(all);
  }

  /** Damaged rows that nobody wrote since: the columns compared as they are, then as they were. */
  public SqlFragment changed() {
    return changed(compared(), target.after());
  }

  /**
   * The same rows with other columns.
   *
   * @param before the columns as they are
   * @param written the columns to write: those to put back as they were, the others as they are
   */
  public SqlFragment changed(List<String> before, List<String> written) {
    List<String> select = new ArrayList<>();
    before.forEach(column -> select.add("n." + quote(column)));
    written.forEach(
        column -> select.add((target.after().contains(column) ? "h." : "n.") + quote(column)));
    Set<String> read = new LinkedHashSet<>(compared());
    read.addAll(before);
    return SqlFragment.of("SELECT " + String.join(", ", select))
        .then(both(read))
        .then(" WHERE " + differs() + " AND " + damaged());
  }

  /** Rows that only the snapshot has: their keys, then every column given. */
  public SqlFragment gone(List<String> columns) {
    List<String> select = new ArrayList<>();
    target.key().forEach(column -> select.add("h." + quote(column)));
    columns.forEach(column -> select.add("h." + quote(column)));
    return SqlFragment.of("SELECT " + String.join(", ", select))
        .then(onlyThere(columns))
        .then(where.isPresent() ? " AND h.cairn_fits" : "");
  }

  /**
   * By the key's first column: rows that differ and are put back, that differ and fit but were
   * written since a run left them, and that differ for another reason.
   */
  public SqlFragment differing() {
    return SqlFragment.of(
            "SELECT n.%s, %s, %s, count(*)"
                .formatted(quote(target.key().get(0)), sum(damaged()), sum(writtenSince())))
        .then(both(compared()))
        .then(" WHERE " + differs() + " GROUP BY 1 ORDER BY 1");
  }

  /** By the key's first column: rows that the snapshot lacks, and how many of them fit. */
  public SqlFragment onlyHere() {
    return SqlFragment.of(
            "SELECT n.%s, count(*), %s".formatted(quote(target.key().get(0)), fitting("n")))
        .then(rowsNow(compared()))
        .then(" WHERE NOT EXISTS (SELECT 1 FROM " + there() + " AS h WHERE " + sameKey() + ")")
        .then(" GROUP BY 1 ORDER BY 1");
  }

  /** By the key's first column: rows that only the snapshot has, and how many of them fit. */
  public SqlFragment onlyThere() {
    return SqlFragment.of(
            "SELECT h.%s, count(*), %s".formatted(quote(target.key().get(0)), fitting("h")))
        .then(onlyThere(List.of()))
        .then(" GROUP BY 1 ORDER BY 1");
  }

  /** Keys of rows that differ and stay as they are, each with 1 where they were written since. */
  public SqlFragment kept(int limit) {
    String keys = list("n", target.key());
    return SqlFragment.of("SELECT " + keys + ", CASE WHEN " + writtenSince() + " THEN 1 ELSE 0 END")
        .then(both(compared()))
        .then(" WHERE " + differs() + " AND NOT coalesce(" + damaged() + ", FALSE) LIMIT " + limit);
  }

  /** Keys of rows that only the snapshot has. */
  public SqlFragment missing(int limit) {
    return SqlFragment.of("SELECT " + list("h", target.key()))
        .then(onlyThere(List.of()))
        .then(" LIMIT " + limit);
  }

  /** In how many rows each column differs, in the order given. */
  public SqlFragment differences() {
    String counts =
        target.after().stream()
            .map(column -> sum(unlike(column)))
            .collect(Collectors.joining(", "));
    return SqlFragment.of("SELECT count(*), " + counts)
        .then(both(compared()))
        .then(" WHERE " + differs());
  }

  /** For each column put back: rows in which it becomes NULL, stops being NULL, and changes. */
  public SqlFragment figures() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < compared().size() + target.after().size(); i++) {
      names.add("c" + i);
    }
    List<String> counts = new ArrayList<>();
    counts.add("count(*)");
    for (int i = 0; i < target.after().size(); i++) {
      String now = "c" + compared().indexOf(target.after().get(i));
      String then = "c" + (compared().size() + i);
      counts.add(sum(now + " IS NOT NULL AND " + then + " IS NULL"));
      counts.add(sum(now + " IS NULL AND " + then + " IS NOT NULL"));
      counts.add(
          sum("%s IS NOT NULL AND %s IS NOT NULL AND %s".formatted(now, then, unlike(now, then))));
    }
    return SqlFragment.of("WITH cairn_p(" + String.join(", ", names) + ") AS (")
        .then(changed())
        .then(") SELECT " + String.join(", ", counts) + " FROM cairn_p");
  }

  private SqlFragment both(Collection<String> read) {
    SqlFragment from = rowsNow(read).then(" JOIN " + there() + " AS h ON " + sameKey());
    for (int i = 0; i < left.size(); i++) {
      String run = "e" + (i + 1);
      List<String> on = new ArrayList<>();
      for (int k = 0; k < target.key().size(); k++) {
        // Without the column's affinity the engine may index what the run left by itself.
        on.add(
            run + ".cairn_k" + (k + 1) + " = " + dialect.bare("n." + quote(target.key().get(k))));
      }
      from =
          from.then(" LEFT JOIN (")
              .then(left.get(i).ends())
              .then(") AS " + run + " ON " + String.join(" AND ", on));
    }
    return from;
  }

  /** The rows as they are now; the predicate speaks of them by the table's own name. */
  private SqlFragment rowsNow(Collection<String> read) {
    return SqlFragment.of(
        " FROM (SELECT %s%s FROM %s) AS n"
            .formatted(list("", read), fits(), quote(target.table().name())));
  }

  private SqlFragment onlyThere(List<String> more) {
    Set<String> columns = new LinkedHashSet<>(target.key());
    columns.addAll(more);
    return SqlFragment.of(
        " FROM (SELECT %s%s FROM %s) AS h WHERE NOT EXISTS (SELECT 1 FROM %s AS n WHERE %s)"
            .formatted(
                list("", List.copyOf(columns)),
                fits(),
                there(),
                quote(target.table().name()),
                sameKey()));
  }

  /** The line's end ends a comment at the end of what was typed. */
  private String fits() {
    return where.map(predicate -> ", (" + predicate + "\n) AS cairn_fits").orElse("");
  }

  private String fitting(String row) {
    return where.isPresent() ? sum(row + ".cairn_fits") : "count(*)";
  }

  /** In how many rows it holds; NULL where there are none. */
  private String sum(String condition) {
    return "sum(" + dialect.truth(condition) + ")";
  }

  private String damaged() {
    if (where.isEmpty()) {
      return "(" + touched() + " AND " + untouchedSince() + ")";
    }
    return left.isEmpty()
        ? "n.cairn_fits"
        : "(n.cairn_fits AND (NOT " + touched() + " OR " + untouchedSince() + "))";
  }

  private String writtenSince() {
    String fits = where.isPresent() ? "n.cairn_fits AND " : "";
    return "(" + fits + touched() + " AND NOT " + untouchedSince() + ")";
  }

  private String touched() {
    return left.isEmpty()
        ? "FALSE"
        : "(" + everyRun(run -> run + ".cairn_there IS NOT NULL", " OR ") + ")";
  }

  private String everyRun(Function<String, String> said, String glue) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= left.size(); i++) {
      all.add(said.apply("e" + i));
    }
    return String.join(glue, all);
  }

  /**
   * Each column is what the newest run that wrote it left, or, where none did and it is to be put
   * back, what it was in the snapshot; and the newest run didn't take the row away.
   */
  private String untouchedSince() {
    if (left.isEmpty()) {
      return "TRUE";
    }
    List<String> all = new ArrayList<>();
    all.add(
        "CASE "
            + everyRun(
                run -> "WHEN " + run + ".cairn_there IS NOT NULL THEN " + run + ".cairn_there = 1",
                " ")
            + " ELSE TRUE END");
    for (String column : compared()) {
      if (!target.key().contains(column)) {
        all.add(explained(column));
      }
    }
    return "(" + String.join(" AND ", all) + ")";
  }

  private String explained(String column) {
    StringBuilder said = new StringBuilder("CASE");
    for (int i = 0; i < left.size(); i++) {
      boolean wrote = left.get(i).columns().stream().anyMatch(column::equalsIgnoreCase);
      if (wrote) {
        String run = "e" + (i + 1);
        said.append(" WHEN ").append(run).append(left.get(i).wrote(column)).append(" THEN NOT ");
        said.append(unlike("n." + quote(column), run + "." + quote(column)));
      }
    }
    boolean put = target.after().contains(column);
    String otherwise = put ? "NOT " + unlike(column) : "TRUE";
    return said.length() == 4 ? otherwise : said + " ELSE " + otherwise + " END";
  }

  private String differs() {
    return target.after().stream().map(this::unlike).collect(Collectors.joining(" OR ", "(", ")"));
  }

  private String unlike(String column) {
    return unlike("n." + quote(column), "h." + quote(column));
  }

  private String unlike(String left, String right) {
    return "NOT (" + dialect.same(left, right) + ")";
  }

  private String sameKey() {
    return target.key().stream()
        .map(column -> "h." + quote(column) + " = n." + quote(column))
        .collect(Collectors.joining(" AND "));
  }

  private String list(String from, Collection<String> columns) {
    String before = from.isEmpty() ? "" : from + ".";
    return columns.stream().map(c -> before + quote(c)).collect(Collectors.joining(", "));
  }

  private String there() {
    return quote(schema) + "." + quote(target.table().name());
  }

  private String quote(String name) {
    return dialect.quote(name);
  }
}
