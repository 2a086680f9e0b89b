package dev.cairn.proof;

import dev.cairn.proof.Spec.LaneKind;
import dev.cairn.proof.Spec.Policy;
import dev.cairn.proof.Spec.Shape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows for a {@link RandomMigration}: a source with NULLs, every type in every column, equal cursor
 * values; a target that already holds some of what the query yields, as it is or otherwise.
 */
final class RandomRows {
  private static final List<Object> CURSORS =
      List.of(
          0L,
          -1L,
          1L << 53, // above it, a REAL column would not hold the number
          -(1L << 53),
          1e300,
          -0.5,
          "",
          "ä",
          "日本語",
          "it's \"quoted\"",
          "nul\u0000inside",
          "😀",
          new byte[0],
          new byte[] {0, -1});
  private static final List<Object> TEXTS =
      List.of("x", "", "Zürich", "NULL", "12", "1e2", " 7 ", "true", "'", "Straße", "a\u0000b");
  private static final List<Object> NUMBERS =
      List.of(0L, 1L, -3L, 12L, 0.1, 2.675, 1e-7, 123456789.123456, 1e18, -0.0, 4.35);

  private final RandomMigration migration;
  private final Spec spec;
  private final SqliteFile database;
  private final Random random;

  RandomRows(RandomMigration migration, SqliteFile database) {
    this.migration = migration;
    this.spec = migration.spec();
    this.database = database;
    this.random = new Random(~spec.data().seed());
  }

  void fill() throws SQLException {
    database.run(migration.schema().toArray(String[]::new));
    try (Batch batch = new Batch(database)) {
      List<Object> lanes = lanes();
      for (Object lane : lanes) {
        lane(batch, lane);
      }
      source(batch, lanes);
    }
    database.run(
        "INSERT INTO yielded (%s) %s"
            .formatted(RandomMigration.quoted(migration.columns()), migration.query()));
    try (Batch batch = new Batch(database)) {
      there(batch);
    }
  }

  private List<Object> lanes() {
    List<Object> all =
        switch (spec.source().lane()) {
          case INTEGER -> List.of(1L, 2L, 7L, -5L);
          case TEXT -> List.of("a", "b", "ü", "it's");
          default -> List.of(1L, "a", 2.5, new byte[] {1});
        };
    return spec.source().lane() == LaneKind.NONE
        ? all.subList(0, 1)
        : all.subList(0, spec.data().lanes());
  }

  private void lane(Batch batch, Object lane) throws SQLException {
    boolean orphan = !spec.target().parents() && random.nextInt(6) == 0;
    if (!orphan) {
      String[] vendors = {"sel", "sel", "fro", "fro", "unknown", null};
      batch.add("INSERT INTO parents VALUES (?, ?)", lane, vendors[random.nextInt(6)]);
    }
    for (int i = 0; i < 5; i++) {
      if (random.nextInt(6) > 0) {
        batch.add("INSERT INTO points VALUES (?, ?, ?)", lane, "p" + i, 10L + i);
      }
    }
  }

  private void source(Batch batch, List<Object> lanes) throws SQLException {
    boolean repeats = spec.data().duplicates() || spec.shape() == Shape.AGGREGATE;
    for (int i = 0; i < spec.data().rows(); i++) {
      Object lane = lanes.get(random.nextInt(lanes.size()));
      int which = repeats ? random.nextInt(1 + spec.data().rows() / 3) : i;
      batch.add(
          "INSERT INTO "
              + RandomMigration.source()
              + " (grp, cur, a, b, flag) VALUES (?, ?, ?, ?, ?)",
          lane,
          cursor(which),
          any(TEXTS, NUMBERS),
          any(NUMBERS, NUMBERS),
          any(List.of(0L, 1L), List.of(1L)));
    }
  }

  /** Values that stay apart whatever column they are stored in. */
  private Object cursor(int which) {
    boolean rowNumber =
        spec.target().keyType() == Spec.Type.INTEGER
            && spec.target().layout() == Spec.Layout.PRIMARY_KEY
            && migration.key().size() == 1;
    int kinds = rowNumber ? 1 : (int) (spec.data().seed() & 3);
    if (which < CURSORS.size() && kinds == 0) {
      return CURSORS.get(which);
    }
    return switch (kinds == 1 ? 0 : which % 4) {
      case 0 -> Long.valueOf(1000L + which);
      case 1 -> 1000.5 + which;
      case 2 -> "t" + which;
      default -> ("b" + which).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    };
  }

  private Object any(List<Object> some, List<Object> others) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    List<Object> list = random.nextBoolean() ? some : others;
    return list.get(random.nextInt(list.size()));
  }

  private void there(Batch batch) throws SQLException {
    long yielded = database.number("SELECT count(*) FROM yielded");
    Set<Long> there = new TreeSet<>();
    for (long row = 1; row <= yielded; row++) {
      if (random.nextInt(4) < spec.data().there()) {
        there.add(row);
      }
    }
    String names = RandomMigration.quoted(migration.columns());
    for (long row : there) {
      batch.add(
          "INSERT INTO %s (%s) SELECT %s FROM yielded WHERE rowid = ?"
              .formatted(SqliteFile.quoted(RandomMigration.TARGET), names, names),
          row);
      if (spec.policy() != Policy.STOP && random.nextInt(4) < spec.data().different()) {
        disturb(batch, row);
      }
      if (random.nextInt(3) == 0) {
        update(batch, "at", "-1", row);
      }
    }
  }

  private void disturb(Batch batch, long row) throws SQLException {
    List<String> columns = new ArrayList<>(migration.compared());
    columns.remove("ref");
    if (columns.isEmpty()) {
      return;
    }
    String column = columns.get(random.nextInt(columns.size()));
    String old = SqliteFile.quoted(column);
    List<String> others =
        List.of(
            "'other'",
            "-12345.5",
            "NULL",
            "upper(" + old + ")",
            "CAST(" + old + " AS TEXT)",
            "CAST(" + old + " AS REAL)",
            "x'00'");
    update(batch, column, others.get(random.nextInt(others.size())), row);
  }

  private void update(Batch batch, String column, String value, long row) throws SQLException {
    List<String> equal = new ArrayList<>();
    for (String key : migration.key()) {
      String name = SqliteFile.quoted(key);
      equal.add(name + " = (SELECT " + name + " FROM yielded WHERE rowid = " + row + ")");
    }
    batch.add(
        "UPDATE %s SET %s = %s WHERE %s"
            .formatted(
                SqliteFile.quoted(RandomMigration.TARGET),
                SqliteFile.quoted(column),
                value,
                String.join(" AND ", equal)));
  }
}
