package dev.cairn.shell;

import dev.cairn.config.XdgPlaces;
import dev.cairn.report.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/**
 * What was typed, for this session and the next ones: readable by its owner alone, without secrets.
 * A history that can't be read or written is one warning, and the session has one of its own.
 */
final class KeptHistory extends DefaultHistory {
  private static final Set<PosixFilePermission> MINE_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private final Consumer<String> warnings;
  private final Optional<Path> file;
  private boolean kept;

  /** The history in this folder; in none where there is none. */
  KeptHistory(Optional<Path> folder, Consumer<String> warnings) {
    this.warnings = warnings;
    this.file = folder.map(place -> place.resolve("history"));
    this.kept = file.isPresent();
  }

  @Override
  public void attach(LineReader reader) {
    if (kept) {
      try {
        prepare(file.orElseThrow());
        reader.setVariable(LineReader.HISTORY_FILE, file.orElseThrow());
      } catch (IOException | UnsupportedOperationException unusable) {
        giveUp(unusable);
      }
    }
    super.attach(reader);
  }

  private static void prepare(Path file) throws IOException {
    XdgPlaces.makePrivate(file.getParent());
    if (Files.notExists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(MINE_ALONE));
    } else if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no file");
    } else if (!Files.getPosixFilePermissions(file).equals(MINE_ALONE)) {
      Files.setPosixFilePermissions(file, MINE_ALONE);
    }
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      throw new IOException(file + " may not be read and written");
    }
  }

  @Override
  public void add(Instant time, String line) {
    if (!Secrets.in(line)) {
      super.add(time, line);
    }
  }

  @Override
  public void load() {
    try {
      super.load();
    } catch (IOException | RuntimeException unreadable) {
      giveUp(unreadable);
    }
  }

  @Override
  public void save() {
    if (!kept) {
      return;
    }
    try {
      super.save();
    } catch (IOException | RuntimeException unwritable) {
      giveUp(unwritable);
    }
  }

  /** What can't be read isn't written either: it may be somebody else's. */
  private void giveUp(Exception why) {
    if (kept) {
      kept = false;
      warnings.accept(
          "the history of earlier sessions can't be used, this one's is not kept: "
              + TerminalText.escape(String.valueOf(why.getMessage())));
    }
  }
}
