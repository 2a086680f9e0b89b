package dev.cairn.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The files that a path may be meant to lead to. */
final class FilesBeginning {
  private static final int MOST = 1_000;

  private FilesBeginning() {}

  /** The paths in the folder that was typed so far; folders end in a slash, hidden files hide. */
  static List<String> with(String typed) {
    int slash = typed.lastIndexOf('/');
    String folder = typed.substring(0, slash + 1);
    String name = typed.substring(slash + 1);
    try (var files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .filter(file -> name.startsWith(".") || !file.getFileName().toString().startsWith("."))
          .limit(MOST)
          .map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      return List.of();
    }
  }
}
