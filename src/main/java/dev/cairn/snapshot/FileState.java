package dev.cairn.snapshot;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Whether a snapshot's file is still what its manifest says. */
public enum FileState {
  /** Byte for byte what was made. */
  UNCHANGED("unchanged"),
  /** Something was written to it since. */
  CHANGED("changed"),
  /** A copy on which a plan is tried out: it is meant to be other than it was. */
  REHEARSED("rehearsed"),
  /** The manifest is there, the file isn't. */
  MISSING("missing"),
  /** The file is there, the manifest isn't: nothing says what it was. */
  UNKNOWN("no manifest"),
  /** A server keeps the copy, and nothing says how to ask for it. */
  UNSEEN("not looked at");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String word;

  FileState(String word) {
    this.word = word;
  }

  /** The word for it in a list. */
  public String word() {
    return word;
  }

  /**
   * How a snapshot is. The file is read where its time alone doesn't tell; not while it is open as
   * a database, as closing it here would drop the engine's locks.
   */
  static FileState of(Snapshot snapshot, boolean open) {
    if (!Files.isRegularFile(snapshot.file())) {
      return MISSING;
    }
    return snapshot.manifest().map(manifest -> of(snapshot.file(), manifest, open)).orElse(UNKNOWN);
  }

  private static FileState of(Path file, Manifest manifest, boolean open) {
    if (manifest.rehearsal()) {
      return REHEARSED;
    }
    try {
      boolean logged =
          (Files.exists(beside(file, "-wal")) && Files.size(beside(file, "-wal")) > 0)
              || Files.exists(beside(file, "-journal"));
      if (logged || Files.size(file) != manifest.bytes()) {
        return CHANGED;
      }
      boolean same =
          modified(file).equals(manifest.modified())
              || (!open && sha256(file).equals(manifest.sha256()));
      return same ? UNCHANGED : CHANGED;
    } catch (IOException error) {
      throw CairnException.failed("snapshot", "can't read " + file + ": " + error.getMessage())
          .causedBy(error);
    }
  }

  static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
