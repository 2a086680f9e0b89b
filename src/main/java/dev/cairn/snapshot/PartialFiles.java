package dev.cairn.snapshot;

import dev.cairn.journal.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that aren't finished yet, under names that say whose they are, so that what a dead process
 * left behind can be told from what another is writing.
 */
final class PartialFiles {
  private static final Pattern NAME =
      Pattern.compile("\\.cairn-([0-9]{1,18})-([^~]*)~.*\\.partial.*");

  /**
   * Whether a process on another machine is alive can't be seen; one that writes is not this old.
   */
  private static final Duration ABANDONED = Duration.ofHours(24);

  private static final String INTENT = ".elsewhere.partial";

  private final Path folder;
  private final ProcessIdentity process;

  PartialFiles(Path folder) {
    this.folder = folder;
    this.process = ProcessIdentity.current();
  }

  /** A new empty file, 0600, that will get another name when it is finished. */
  Path create(String finalName) throws IOException {
    Path file =
        folder.resolve(".cairn-%d-%s~%s.partial".formatted(process.pid(), host(), finalName));
    delete(file);
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Takes away a file that will not be finished, and what the engine keeps beside it. */
  static void delete(Path file) throws IOException {
    for (String ending : List.of("", "-journal", "-wal", "-shm")) {
      Files.deleteIfExists(FileState.beside(file, ending));
    }
  }

  /** Takes away what dead processes left behind; gives the number of files. */
  int tidy() throws IOException {
    int deleted = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()
            && !file.toString().endsWith(INTENT)
            && isAbandoned(file, name.group(1), name.group(2))) {
          deleted += Files.deleteIfExists(file) ? 1 : 0;
        }
      }
    }
    return deleted;
  }

  /** What dead processes meant to make elsewhere, each in a file that says what. */
  List<Path> abandonedIntents() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        boolean intent = name.matches() && file.toString().endsWith(INTENT);
        if (intent && isAbandoned(file, name.group(1), name.group(2))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** Whether a file is so old that nobody is at work on what it speaks of. */
  static boolean isOld(Path file) throws IOException {
    return FileState.modified(file).isBefore(Instant.now().minus(ABANDONED));
  }

  /** A new file, 0600, that says what is about to be made elsewhere. */
  Path intent(String finalName) throws IOException {
    return create(finalName + ".elsewhere");
  }

  private boolean isAbandoned(Path file, String pid, String host) throws IOException {
    if (host.equals(host())) {
      return !process.isAlive(Long.parseLong(pid));
    }
    try {
      return isOld(file);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private String host() {
    return process.host().replaceAll("[^A-Za-z0-9.-]", "_");
  }
}
