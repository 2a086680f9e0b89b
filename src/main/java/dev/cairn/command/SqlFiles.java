package dev.cairn.command;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Files of SQL to be read whole: those that are named, and those in folders that are named. */
final class SqlFiles {
  private static final long LARGEST = 256L * 1024 * 1024;
  private static final int DEEPEST = 8;

  private final List<String> leftOut = new ArrayList<>();

  /**
   * A file as it was found.
   *
   * @param text without a byte order mark
   */
  record SqlFile(String name, String text) {}

  /**
   * The files behind these names, in their order; a folder's {@code *.sql} in natural order. Fails
   * with exit 1 where one can't be read.
   */
  List<SqlFile> read(List<String> names) {
    List<SqlFile> files = new ArrayList<>();
    for (String name : names) {
      for (String file : expand(name)) {
        String text = text(file);
        files.add(new SqlFile(file, text.startsWith("\uFEFF") ? text.substring(1) : text));
      }
    }
    return files;
  }

  /** Files in folders that were passed over: what undoes another file isn't run after it. */
  List<String> leftOut() {
    return leftOut;
  }

  private List<String> expand(String name) {
    try {
      Path path = Path.of(name);
      return name.equals("-") || !Files.isDirectory(path) ? List.of(name) : inside(path);
    } catch (InvalidPathException invalid) {
      throw CairnException.failed("sql-file", "not a path: " + name).causedBy(invalid);
    }
  }

  private List<String> inside(Path folder) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
      all.filter(path -> lower(path).endsWith(".sql") && !Files.isDirectory(path))
          .forEach(path -> (isUndoing(path) ? leftOut : found).add(path.normalize().toString()));
    } catch (IOException | UncheckedIOException error) {
      throw CairnException.failed("sql-file", "can't read the folder " + folder).causedBy(error);
    }
    if (found.isEmpty()) {
      throw CairnException.failed("sql-file", "there is no .sql file in " + folder);
    }
    found.sort(new NaturalOrder());
    return found;
  }

  private static boolean isUndoing(Path path) {
    return lower(path).endsWith(".down.sql");
  }

  private static String lower(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static String text(String name) {
    if (name.equals("-")) {
      return ScriptFiles.text(name);
    }
    Path path = Path.of(name);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw CairnException.failed("sql-file", name + " is no file that could be read whole");
    }
    try {
      if (Files.exists(path) && Files.size(path) > LARGEST) {
        throw CairnException.failed(
            "sql-file",
            name + " is larger than the " + LARGEST / 1024 / 1024 + " MB that are linted at once");
      }
    } catch (IOException error) {
      throw CairnException.failed("sql-file", "can't read " + name).causedBy(error);
    }
    return ScriptFiles.text(name);
  }
}
