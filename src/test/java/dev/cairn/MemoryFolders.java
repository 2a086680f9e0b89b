package dev.cairn;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders for tests, in memory where there is room for it: a commit waits 20 ms for a disk, and
 * there are some ten thousand. What a process wrote before it was killed stays there as on a disk.
 * (Named in {@code junit-platform.properties}: every {@code @TempDir} that doesn't say otherwise.)
 */
public final class MemoryFolders implements TempDirFactory {
  private static final Path MEMORY =
      Path.of(Objects.requireNonNullElse(System.getenv("CAIRN_TEST_MEMORY"), "/dev/shm"));

  /** A container's own is of 64 MB: of no use. (There {@code .ci/run} gives one.) */
  private static final long ROOM = 3_000_000_000L;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return make("cairn-test");
  }

  /** Makes one that nobody deletes but {@link #delete}. */
  public static Path make(String name) throws IOException {
    return hasRoom() ? Files.createTempDirectory(MEMORY, name) : Files.createTempDirectory(name);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean hasRoom() throws IOException {
    if (!Files.isWritable(MEMORY)) {
      return false;
    }
    FileStore store = Files.getFileStore(MEMORY);
    return store.type().equals("tmpfs") && store.getUsableSpace() > ROOM;
  }
}
