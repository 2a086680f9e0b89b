package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.snapshot.FileState;
import dev.cairn.snapshot.Manifest;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.snapshot.SnapshotListener;
import dev.cairn.snapshot.SnapshotMaker;
import dev.cairn.snapshot.Snapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots on real files, with writers at work. */
class SnapshotsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void a_snapshot_beside_a_writer_is_of_one_moment(String mode) throws Exception {
    SqliteFile file = ledger(mode, 6_000);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    Thread writer = writer(file, over, written);
    long between = 0;
    try (Database database = open(file)) {
      for (int i = 0; i < 6; i++) {
        long before = written.get();
        Snapshot made = maker(database).make(Optional.of("s" + i));
        between += written.get() - before;
        SqliteFile copy = new SqliteFile(made.file());
        long left = copy.number("SELECT count(*) FROM left_side");
        // Every transaction of the writer adds to both sides and to the sum of them.
        assertThat(copy.number("SELECT count(*) FROM right_side")).isEqualTo(left);
        assertThat(copy.number("SELECT entries FROM total")).isEqualTo(left);
        Manifest manifest = made.manifest().orElseThrow();
        assertThat(manifest.rows("left_side")).contains(left);
        assertThat(manifest.rows("right_side")).contains(left);
        assertThat(copy.rows("PRAGMA integrity_check")).isEqualTo(List.of(List.of("ok")));
      }
    } finally {
      over.set(true);
      writer.join();
    }
    assertThat(between).as("transactions of the writer meanwhile").isGreaterThan(6);
  }

  @Test
  void a_snapshot_is_private_one_file_and_says_what_it_is() throws Exception {
    SqliteFile file = ledger("WAL", 10);
    try (Database database = open(file)) {
      Snapshot made = maker(database).make(Optional.empty());
      Path aside = folder.resolve("ledger.db.snapshots");
      assertThat(names(aside))
          .containsExactlyInAnyOrder(made.name() + ".db", made.name() + ".json");
      assertThat(permissions(aside)).isEqualTo("rwx------");
      assertThat(permissions(made.file())).isEqualTo("rw-------");
      assertThat(permissions(aside.resolve(made.name() + ".json"))).isEqualTo("rw-------");
      Manifest manifest = made.manifest().orElseThrow();
      assertThat(manifest.source()).isEqualTo(database.identity());
      assertThat(manifest.schema()).isEqualTo(database.catalog().fingerprint());
      assertThat(manifest.journalMode()).isEqualTo("wal");
      assertThat(manifest.tables()).isEqualTo(4);
      assertThat(Snapshots.of(database).state(made)).isEqualTo(FileState.UNCHANGED);
      try (Database read = made.open()) {
        read.catalog();
      }
      assertThat(names(aside)).as("reading leaves nothing beside it").hasSize(2);
    }
  }

  @Test
  void a_name_that_is_taken_or_leads_elsewhere_is_refused() throws Exception {
    try (Database database = open(ledger("DELETE", 10))) {
      Snapshot first = maker(database).make(Optional.of("one"));
      byte[] before = Files.readAllBytes(first.file());
      assertRefused(() -> maker(database).make(Optional.of("one")), ExitCode.REFUSED);
      for (String name : List.of("../one", "a/b", "", ".hidden", "a b", "-x", "x".repeat(101))) {
        assertRefused(() -> maker(database).make(Optional.of(name)), ExitCode.USAGE);
        assertRefused(() -> Snapshots.of(database).drop(name), ExitCode.USAGE);
      }
      assertThat(Files.readAllBytes(first.file())).isEqualTo(before);
      assertThat(names(folder)).containsExactlyInAnyOrder("ledger.db", "ledger.db.snapshots");
    }
  }

  @Test
  void what_another_process_left_in_its_log_is_in_the_snapshot() throws Exception {
    SqliteFile file = ledger("WAL", 10);
    SqliteFile crashed;
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("INSERT INTO left_side VALUES (NULL, 'in the log')");
      crashed = file.copyTo(folder.resolve("crashed.db"));
    }
    assertThat(Files.size(folder.resolve("crashed.db-wal"))).isPositive();
    try (Database database = open(crashed)) {
      Snapshot made = maker(database).make(Optional.of("all"));
      assertThat(
              new SqliteFile(made.file())
                  .number("SELECT count(*) FROM left_side WHERE note = 'in the log'"))
          .isEqualTo(1);
    }
  }

  @Test
  void a_snapshot_that_was_written_to_is_no_longer_trusted() throws Exception {
    try (Database database = open(ledger("DELETE", 10))) {
      Snapshots snapshots = Snapshots.of(database);
      Snapshot made = maker(database).make(Optional.of("one"));
      Files.setLastModifiedTime(made.file(), FileTime.fromMillis(0));
      assertThat(snapshots.state(made)).as("touched only").isEqualTo(FileState.UNCHANGED);
      new SqliteFile(made.file()).run("UPDATE total SET entries = entries + 1");
      assertThat(snapshots.state(made)).isEqualTo(FileState.CHANGED);
      assertRefused(() -> Snapshots.resolve(database, "one"), ExitCode.DRIFT);
      String quoted = "'" + made.file() + "'";
      assertThat(Snapshots.resolve(database, quoted).file()).isEqualTo(made.file().toRealPath());
      assertRefused(() -> Snapshots.resolve(database, "onne"), ExitCode.FAILED);
      assertRefused(
          () -> Snapshots.resolve(database, "\"" + folder.resolve("ledger.db") + "\""),
          ExitCode.USAGE);
      Files.delete(made.file());
      assertThat(snapshots.state(snapshots.list().get(0))).isEqualTo(FileState.MISSING);
      snapshots.drop("one");
      assertThat(snapshots.list()).isEmpty();
    }
  }

  @Test
  void a_damaged_database_gives_no_snapshot() throws Exception {
    SqliteFile file = ledger("DELETE", 2_000);
    byte[] zeros = new byte[4096];
    long root = file.number("SELECT rootpage FROM sqlite_schema WHERE name = 'by_note'");
    try (var channel = Files.newByteChannel(file.path(), StandardOpenOption.WRITE)) {
      channel.position((root - 1) * 4096);
      channel.write(java.nio.ByteBuffer.wrap(zeros));
    }
    try (Database database = open(file)) {
      assertRefused(() -> maker(database).make(Optional.of("bad")), ExitCode.FAILED);
      assertThat(names(database.snapshotFolder())).isEmpty();
    }
  }

  @Test
  void an_interrupted_creation_leaves_nothing() throws Exception {
    try (Database database = open(ledger("WAL", 30_000))) {
      SnapshotListener impatient =
          new SnapshotListener() {
            @Override
            public boolean stopRequested() {
              return true;
            }
          };
      SnapshotMaker maker = new SnapshotMaker(database, "test", Clock.systemUTC(), impatient);
      assertRefused(() -> maker.make(Optional.of("never")), ExitCode.INTERRUPTED);
      assertThat(names(database.snapshotFolder())).isEmpty();
    }
  }

  @Test
  void the_commands_ask_before_anything_is_deleted() throws Exception {
    SqliteFile file = ledger("WAL", 10);
    String path = file.path().toString();
    assertThat(run(path, "-c", "snapshot create one", "--format", "json")).isZero();
    assertThat(run(path, "-c", "snapshot drop one")).isEqualTo(3);
    assertThat(names(folder.resolve("ledger.db.snapshots"))).contains("one.db");
    assertThat(run(path, "-c", "snapshot open one", "-c", "DELETE FROM total;", "--yes"))
        .isEqualTo(1);
    assertThat(run(path, "-c", "snapshots", "-c", "expect rows 1")).isZero();
    assertThat(
            run(path, "--yes", "-c", "snapshot drop one", "-c", "snapshots", "-c", "expect empty"))
        .isZero();
    assertThat(names(folder.resolve("ledger.db.snapshots"))).isEmpty();
  }

  private int run(String... arguments) throws Exception {
    try (CairnChild child = CairnChild.run(folder, arguments)) {
      return child.await();
    }
  }

  private SqliteFile ledger(String mode, int padding) throws SQLException {
    return ledger(folder, mode, padding);
  }

  /** Two sides that every transaction keeps equal, and pages to copy. */
  static SqliteFile ledger(Path folder, String mode, int padding) throws SQLException {
    SqliteFile file = new SqliteFile(folder.resolve("ledger.db"));
    file.run(
        "PRAGMA journal_mode = " + mode,
        "CREATE TABLE padding (id INTEGER PRIMARY KEY, page BLOB)",
        "CREATE TABLE left_side (id INTEGER PRIMARY KEY, note TEXT)",
        "CREATE INDEX by_note ON left_side (note)",
        "CREATE TABLE right_side (id INTEGER PRIMARY KEY, note TEXT)",
        "CREATE TABLE total (entries INTEGER)",
        "INSERT INTO total VALUES (0)",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + padding
            + ")"
            + " INSERT INTO padding SELECT i, randomblob(4000) FROM n");
    return file;
  }

  private static Thread writer(SqliteFile file, AtomicBoolean over, AtomicLong written) {
    Thread thread =
        new Thread(
            () -> {
              try (Connection connection = file.connect();
                  Statement statement = connection.createStatement()) {
                while (!over.get()) {
                  statement.execute("BEGIN IMMEDIATE");
                  statement.execute("INSERT INTO left_side VALUES (NULL, 'l')");
                  statement.execute("UPDATE total SET entries = entries + 1");
                  statement.execute("UPDATE padding SET page = randomblob(4000) WHERE id % 50 = 0");
                  statement.execute("INSERT INTO right_side VALUES (NULL, 'r')");
                  statement.execute("COMMIT");
                  written.incrementAndGet();
                  Thread.sleep(1);
                }
              } catch (SQLException | InterruptedException failed) {
                throw new AssertionError(failed);
              }
            });
    thread.start();
    return thread;
  }

  static Database open(SqliteFile file) {
    return Databases.open(
        file.path().toString(), new SqliteDatabase.Options(false, false, false, 20_000));
  }

  static SnapshotMaker maker(Database database) {
    return new SnapshotMaker(database, "test", Clock.systemUTC(), SnapshotListener.NONE);
  }

  private static void assertRefused(Runnable work, ExitCode code) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            CairnException.class,
            error -> assertThat(error.exit()).as(error.toString()).isEqualTo(code));
  }

  static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
