package dev.cairn.database;

import dev.cairn.database.Database.Sharing;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Sees whether another process has a file open, through /proc. Where /proc is missing, or a process
 * of somebody else could have it open and can't be looked into, the answer is that it can't be
 * seen.
 */
final class OpenFiles {
  private static final Path PROC = Path.of("/proc");

  private OpenFiles() {}

  static Sharing sharing(Path file) {
    if (!Files.isDirectory(PROC.resolve("self/fd"))) {
      return Sharing.UNSEEN;
    }
    boolean hidden = false;
    String self = String.valueOf(ProcessHandle.current().pid());
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (process.getFileName().toString().equals(self)) {
          continue;
        }
        Sharing one = holds(process.resolve("fd"), file);
        if (one == Sharing.SHARED) {
          return Sharing.SHARED;
        }
        hidden |= one == Sharing.UNSEEN;
      }
    } catch (IOException unreadable) {
      hidden = true;
    }
    return hidden && othersMayOpen(file) ? Sharing.UNSEEN : Sharing.ALONE;
  }

  private static Sharing holds(Path descriptors, Path file) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor) && points(descriptor, file)) {
          return Sharing.SHARED;
        }
      }
      return Sharing.ALONE;
    } catch (IOException | java.io.UncheckedIOException | SecurityException denied) {
      return Files.exists(descriptors.getParent()) ? Sharing.UNSEEN : Sharing.ALONE;
    }
  }

  private static boolean points(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static boolean othersMayOpen(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return true;
    }
  }
}
