package dev.cairn.example;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers what is planted while it is planted. */
final class Notes {
  /** A target table: its columns as rows hold them, and which of them are its key. */
  record RowKind(String table, List<String> columns, List<String> key) {
    private Map<String, Object> keyOf(Object[] row) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (String column : key) {
        values.put(column, row[columns.indexOf(column)]);
      }
      return values;
    }
  }

  /** The rows of one system in a table. */
  private record TableOfSystem(String table, int system) {}

  private final Map<TableOfSystem, Long> rows = new LinkedHashMap<>();
  private final Map<TableOfSystem, Long> alreadyThere = new LinkedHashMap<>();
  private final List<Planted.DifferentRow> differentRows = new ArrayList<>();
  private final List<Planted.HalfWritten> halfWritten = new ArrayList<>();

  /** Notes a row that is written. */
  void row(String table, int system) {
    rows.merge(new TableOfSystem(table, system), 1L, Long::sum);
  }

  /** Notes that a written row has the key of one that the migration yields. */
  void alreadyThere(String table, int system) {
    alreadyThere.merge(new TableOfSystem(table, system), 1L, Long::sum);
  }

  void halfWritten(Planted.HalfWritten half) {
    halfWritten.add(half);
  }

  /** Compares a row as written with the row as the migration yields it. */
  void different(RowKind kind, String difference, Object[] planted, Object[] source) {
    List<Planted.DifferentColumn> columns = new ArrayList<>();
    for (int i = 0; i < planted.length; i++) {
      if (!Objects.equals(planted[i], source[i])) {
        String name = kind.columns().get(i);
        columns.add(new Planted.DifferentColumn(name, planted[i], source[i]));
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalStateException(difference + " made no difference");
    }
    differentRows.add(
        new Planted.DifferentRow(kind.table(), difference, kind.keyOf(planted), columns));
  }

  long rowsOf(String table, int system) {
    return rows.getOrDefault(new TableOfSystem(table, system), 0L);
  }

  /** What the migration from source to target finds for a system with so many mapped points. */
  Planted.Migration migration(String source, String target, int system, int mappedPoints) {
    long sourceRows = rowsOf(source, system);
    long expected = sourceRows * mappedPoints;
    long there = alreadyThere.getOrDefault(new TableOfSystem(target, system), 0L);
    long different =
        differentRows.stream()
            .filter(row -> row.table().equals(target))
            .filter(row -> row.key().get("system_id").equals(system))
            .count();
    return new Planted.Migration(
        source,
        target,
        system,
        sourceRows,
        mappedPoints,
        expected,
        there,
        there - different,
        different,
        expected - there,
        rowsOf(target, system) - there);
  }

  List<Planted.RowCount> rowCounts() {
    return rows.entrySet().stream()
        .map(
            entry ->
                new Planted.RowCount(
                    entry.getKey().table(), entry.getKey().system(), entry.getValue()))
        .sorted(
            Comparator.comparing(Planted.RowCount::table)
                .thenComparingInt(Planted.RowCount::system))
        .toList();
  }

  List<Planted.DifferentRow> differentRows() {
    return List.copyOf(differentRows);
  }

  List<Planted.HalfWritten> halfWritten() {
    return List.copyOf(halfWritten);
  }
}
