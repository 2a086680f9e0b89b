package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that are cut off: killed, or without room. */
class SnapshotFaultsTest {
  private static final int KILLS = 10;

  @TempDir Path folder;

  @Test
  void killed_while_it_is_made_it_is_whole_or_not_there() throws Exception {
    SqliteFile file = SnapshotsTest.ledger(folder, "WAL", 10_000);
    Path aside = folder.resolve("ledger.db.snapshots");
    List<List<Object>> content = file.content("padding");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int cut = 0;
    for (int i = 0; i < KILLS; i++) {
      Path made = aside.resolve("k" + i + ".db");
      try (CairnChild child =
          CairnChild.start(folder, file.path().toString(), "-c", "snapshot create k" + i)) {
        waitForPartial(aside, child);
        Thread.sleep(random.nextInt(400));
        child.kill();
      }
      if (Files.exists(made)) {
        assertThat(new SqliteFile(made).content("padding")).as("seed " + seed).isEqualTo(content);
      } else {
        cut++;
      }
    }
    assertThat(cut).as("cut off before the end, seed " + seed).isPositive();
    try (CairnChild child =
        CairnChild.run(
            folder, file.path().toString(), "-c", "snapshot create last", "-c", "snapshots")) {
      assertThat(child.await()).as(child.err()).isZero();
      assertThat(child.out()).contains("last").contains("unchanged");
    }
    assertThat(SnapshotsTest.names(aside)).as("tidied").noneMatch(name -> name.startsWith("."));
    assertThat(file.content("padding")).isEqualTo(content);
  }

  @Test
  void without_room_it_says_what_it_needs_and_leaves_nothing() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 64_000_000)) {
      SqliteFile file = SnapshotsTest.ledger(mounted, "DELETE", 4_000);
      Path aside = mounted.resolve("ledger.db.snapshots");
      Path filler = disk.fillUpTo(10_000_000);
      try (CairnChild child = create(file, "early")) {
        assertThat(child.await()).as(child.err()).isEqualTo(6);
        assertThat(child.err()).contains("disk-full").contains("bytes");
      }
      assertThat(SnapshotsTest.names(aside)).isEmpty();
      Files.delete(filler);
      assertThat(fillsUpMeanwhile(disk, file, aside)).as("times the room was lost").isPositive();
      try (CairnChild child = create(file, "late")) {
        assertThat(child.await()).as(child.err()).isZero();
      }
      assertThat(new SqliteFile(aside.resolve("late.db")).content("padding"))
          .isEqualTo(file.content("padding"));
    }
  }

  /** There is room when it begins, and none when it is needed. */
  private int fillsUpMeanwhile(SmallDisk disk, SqliteFile file, Path aside) throws Exception {
    int full = 0;
    for (int i = 0; i < 6 && full == 0; i++) {
      Path filler = disk.fillUpTo(Files.size(file.path()) + 1_500_000);
      Path more = disk.folder().resolve("more");
      try (CairnChild child = create(file, "full" + i)) {
        waitForPartial(aside, child);
        takeAllRoom(more);
        int exit = child.await();
        if (exit != 0) {
          full++;
          assertThat(exit).as(child.err()).isEqualTo(6);
          assertThat(child.err()).contains("disk-full").contains("free");
          assertThat(SnapshotsTest.names(aside)).isEmpty();
        }
      }
      Files.deleteIfExists(more);
      Files.delete(filler);
      Files.deleteIfExists(aside.resolve("full" + i + ".db"));
      Files.deleteIfExists(aside.resolve("full" + i + ".json"));
    }
    return full;
  }

  private static void takeAllRoom(Path file) {
    try {
      Files.write(file, new byte[24_000_000]);
    } catch (IOException noRoom) {
      assertThat(noRoom).hasMessageContaining("space");
    }
  }

  private CairnChild create(SqliteFile file, String name) throws IOException {
    return CairnChild.start(
        folder, "--format", "json", file.path().toString(), "-c", "snapshot create " + name);
  }

  private static void waitForPartial(Path aside, CairnChild child) throws Exception {
    while (child.isAlive() && !hasPartial(aside)) {
      Thread.sleep(2);
    }
  }

  private static boolean hasPartial(Path aside) throws IOException {
    if (!Files.isDirectory(aside)) {
      return false;
    }
    try (Stream<Path> files = Files.list(aside)) {
      return files.anyMatch(file -> file.toString().endsWith(".db.partial"));
    }
  }
}
