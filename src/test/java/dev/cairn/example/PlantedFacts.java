package dev.cairn.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What was planted in one target table, in the shape in which a database answers. */
record PlantedFacts(Planted planted, String target) {

  List<List<Object>> expected() {
    return bySystem(Planted.Migration::expected);
  }

  List<List<Object>> alreadyThere() {
    return bySystem(Planted.Migration::alreadyThere);
  }

  /** For each column that differs: system, point, time, column, value there, value expected. */
  List<List<Object>> differences() {
    List<List<Object>> all = new ArrayList<>();
    for (Planted.DifferentRow row : planted.differentRows()) {
      if (row.table().equals(target)) {
        for (Planted.DifferentColumn column : row.columns()) {
          List<Object> difference = new ArrayList<>(row.key().values());
          difference.addAll(Arrays.asList(column.column(), column.planted(), column.source()));
          all.add(difference);
        }
      }
    }
    return all;
  }

  private List<List<Object>> bySystem(ToLongFunction<Planted.Migration> count) {
    Stream<Planted.Migration> migrations =
        planted.migrations().stream().filter(migration -> migration.target().equals(target));
    return migrations
        .sorted(Comparator.comparingInt(Planted.Migration::system))
        .map(migration -> List.<Object>of(migration.system(), (int) count.applyAsLong(migration)))
        .toList();
  }
}
