package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An undo and a rehearsal that run out of room stop with 6 and lose nothing; with room again they
 * go on. (Restore, snapshot and rebuild: {@link RestoresTest}, {@link SnapshotFaultsTest}, {@link
 * RebuildsTest}.)
 */
class FullDiskTest {
  private static final int ROWS = 6_000;
  private static final String CHANGE = "plan UPDATE t SET x = x + 1, y = y || '!' WHERE id > 0";

  /** Needs more room than a snapshot asks for beside itself. */
  private static final String GROWTH = "plan UPDATE t SET y = y || hex(zeroblob(150)) WHERE id > 0";

  @TempDir Path folder;
  private SmallDisk disk;
  private SqliteFile file;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(Files.createDirectory(folder.resolve("small")), 9_000_000);
    file = new SqliteFile(disk.folder().resolve("t.db"));
    file.run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER, y TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + ROWS
            + ") INSERT INTO t SELECT i, i, 'row ' || i FROM n");
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  /** From too little for the first batch up to enough: it stops in each part of its work. */
  @Test
  void an_undo_stops_and_goes_on_with_room() throws Exception {
    List<List<Object>> before = file.content("t");
    cairn(0, CHANGE, "apply");
    List<List<Object>> changed = file.content("t");
    SqliteFile applied = file.copyTo(folder.resolve("applied.db"));
    int halfway = 0;
    for (long room = 100_000; ; room += 60_000) {
      file = applied.copyTo(file.path());
      Path filler = disk.fillUpTo(room);
      WarmCairn.Ended ended = run("set batch_rows 100", "set pace full", "undo 1");
      sound();
      List<List<Object>> left = file.content("t");
      Files.delete(filler);
      if (ended.code() == 0) {
        break;
      }
      assertThat(ended.code()).as(ended.err()).isEqualTo(6);
      for (int i = 0; i < ROWS; i++) {
        assertThat(left.get(i)).isIn(before.get(i), changed.get(i));
      }
      halfway += left.equals(changed) ? 0 : 1;
      cairn(0, "undo 1", "verify");
      assertThat(file.content("t")).isEqualTo(before);
      Ledger.addsUp(file, 2);
    }
    assertThat(halfway).as("times it was full between two batches").isPositive();
    assertThat(file.content("t")).isEqualTo(before);
  }

  @Test
  void a_rehearsal_without_room_for_the_copy_says_so() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    Path filler = disk.fillUpTo(60_000);
    cairn(6, CHANGE, "apply on snapshot");
    nothingLeft(before);
    Files.delete(filler);
    cairn(0, CHANGE, "apply on snapshot");
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
  }

  /** The copy is made, but what the plan writes to it has no room. */
  @Test
  void a_rehearsal_that_fills_the_disk_leaves_the_target_alone() throws Exception {
    byte[] before = Files.readAllBytes(file.path());
    int onTheCopy = 0;
    for (long room = 2L * before.length; ; room += 300_000) {
      Path filler = disk.fillUpTo(room);
      WarmCairn.Ended ended = run(GROWTH, "apply on snapshot");
      assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
      Files.delete(filler);
      MemoryFolders.delete(disk.folder().resolve("t.db.snapshots"));
      if (ended.code() == 0) {
        break;
      }
      assertThat(ended.code()).as(ended.err()).isEqualTo(6);
      onTheCopy += ended.err().contains("rehearsing on") ? 1 : 0;
    }
    assertThat(onTheCopy).as("times the copy was made and the plan had no room").isPositive();
    cairn(0, CHANGE, "apply");
    assertThat(file.number("SELECT count(*) FROM t WHERE x = id + 1")).isEqualTo(ROWS);
  }

  private void nothingLeft(byte[] before) throws Exception {
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    Path aside = disk.folder().resolve("t.db.snapshots");
    assertThat(Files.exists(aside) ? SnapshotsTest.names(aside) : List.of()).isEmpty();
  }

  private void sound() throws Exception {
    assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
  }

  private void cairn(int code, String... lines) throws Exception {
    WarmCairn.Ended ended = run(lines);
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
  }

  private WarmCairn.Ended run(String... lines) throws Exception {
    List<String> all = new ArrayList<>(List.of(file.path().toString()));
    for (String line : lines) {
      all.addAll(List.of("-c", line));
    }
    return WarmCairn.shared().run(all.toArray(String[]::new));
  }
}
