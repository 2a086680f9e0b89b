package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.VendorRefactor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table made anew under an application that goes on reading and writing. */
class RebuildBesideOthersTest {
  private static final Pattern WAITED = Pattern.compile("a writer waited ([0-9.]+) s at most");

  @TempDir Path folder;

  /** What a person is told of the downtime is what the writer saw, and nothing of his is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void readers_see_one_table_or_the_other_and_a_writer_waits_as_said(String mode) throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("vendor.db"));
    VendorRefactor.write(file.path(), 10, 1, line -> {});
    file.rows("PRAGMA journal_mode = " + mode);
    long systems = file.number("SELECT count(*) FROM systems");
    long readings = file.number("SELECT count(*) FROM readings");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService others = Executors.newFixedThreadPool(3);
    List<Future<Long>> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        readers.add(others.submit(reader(file, systems, over)));
      }
      Future<List<Duration>> writer = others.submit(writer(file, over));
      String said = rebuild(file);
      over.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).as("reads").isPositive();
      }
      List<Duration> waits = writer.get();
      assertThat(file.number("SELECT count(*) FROM readings")).isEqualTo(readings + waits.size());
      assertThat(file.number("SELECT count(vendor_type) FROM systems")).isEqualTo(systems);
      assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      Duration longest = waits.stream().max(Duration::compareTo).orElseThrow();
      Matcher told = WAITED.matcher(said);
      assertThat(told.find()).as(said).isTrue();
      // SQLite's own back-off may sleep through the end of a lock; a machine may be busy.
      assertThat(longest.toMillis() / 1000.0)
          .as("told %s s in %s mode", told.group(1), mode)
          .isLessThan(Double.parseDouble(told.group(1)) + 1.5);
    } finally {
      over.set(true);
      others.shutdown();
    }
  }

  private String rebuild(SqliteFile file) throws Exception {
    try (CairnChild child =
        CairnChild.run(
            folder,
            "--plans",
            Path.of("plans").toAbsolutePath().toString(),
            file.path().toString(),
            "-c",
            "plan migrate vendor-refactor",
            "-c",
            "apply",
            "-c",
            "verify vendor-refactor")) {
      assertThat(child.await()).as(child.out() + child.err()).isZero();
      return child.out() + child.err();
    }
  }

  /** Reads until it is over: every system is there, each with its readings, in either schema. */
  private static Callable<Long> reader(SqliteFile file, long systems, AtomicBoolean over) {
    return () -> {
      long reads = 0;
      try (Connection connection = file.connect();
          Statement statement = connection.createStatement()) {
        while (!over.get()) {
          try (ResultSet result =
              statement.executeQuery(
                  "SELECT count(*), count(display_name),"
                      + " (SELECT count(*) FROM readings WHERE system_id = 7) FROM systems")) {
            result.next();
            assertThat(result.getLong(1)).isEqualTo(systems);
            assertThat(result.getLong(3)).isGreaterThanOrEqualTo(5);
          }
          reads++;
          Thread.sleep(2);
        }
      }
      return reads;
    };
  }

  /** Writes a reading every few milliseconds; gives how long each took from asking to done. */
  private static Callable<List<Duration>> writer(SqliteFile file, AtomicBoolean over) {
    return () -> {
      List<Duration> waits = new ArrayList<>();
      try (Connection connection = file.connect();
          Statement statement = connection.createStatement()) {
        while (!over.get()) {
          long began = System.nanoTime();
          statement.executeUpdate(
              "INSERT INTO readings (system_id, inverter_time) VALUES (7, " + waits.size() + ")");
          waits.add(Duration.ofNanos(System.nanoTime() - began));
          Thread.sleep(5);
        }
      }
      return waits;
    };
  }
}
