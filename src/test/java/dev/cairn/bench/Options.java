package dev.cairn.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param scale of the example database; 1 has the volumes of the migration plan
 * @param rounds how often everything is run
 * @param only names of sections; empty stands for all
 * @param folder where the databases lie meanwhile; empty for a temporary one
 * @param json where every run is written too
 */
record Options(
    double scale, int rounds, Set<String> only, Optional<Path> folder, Optional<Path> json) {
  private static final List<String> SECTIONS =
      List.of(
          "points",
          "agg5m",
          "growth",
          "preview",
          "live-wal",
          "live-delete",
          "undo",
          "rebuild",
          "snapshot",
          "libsql",
          "libsql-points",
          "libsql-agg5m",
          "libsql-writer",
          "postgresql",
          "postgresql-points",
          "postgresql-agg5m",
          "option-2a");

  /** Below the plan's volumes the start of a process outweighs its work: no limit is judged. */
  boolean judged() {
    return scale >= 1;
  }

  boolean wants(String section) {
    boolean part =
        (section.startsWith("libsql-") && only.contains("libsql"))
            || (section.startsWith("postgresql-") && only.contains("postgresql"));
    return only.isEmpty() || only.contains(section) || part;
  }

  static Options parse(String... arguments) {
    double scale = 1;
    int rounds = 5;
    Set<String> only = new LinkedHashSet<>();
    Optional<Path> folder = Optional.empty();
    Optional<Path> json = Optional.empty();
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(option + " is no option, or lacks its value");
      }
      String value = arguments[++i];
      switch (option) {
        case "--scale" -> scale = Double.parseDouble(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--dir" -> folder = Optional.of(Path.of(value).toAbsolutePath());
        case "--json" -> json = Optional.of(Path.of(value).toAbsolutePath());
        case "--only" -> {
          only.addAll(sections(value));
          while (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
            only.addAll(sections(arguments[++i]));
          }
        }
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }
    if (!(scale >= 0.01 && scale <= 30) || rounds < 1) {
      throw new IllegalArgumentException("--scale is 0.01 to 30, --rounds at least 1");
    }
    return new Options(scale, rounds, only, folder, json);
  }

  private static List<String> sections(String value) {
    List<String> names = Arrays.asList(value.split(","));
    if (!SECTIONS.containsAll(names)) {
      throw new IllegalArgumentException("the sections are " + String.join(", ", SECTIONS));
    }
    return names;
  }
}
