package dev.cairn.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The number of a migration's target rows and a hash over all of them, as the shell prints them.
 */
final class RowDigest {
  private RowDigest() {}

  static String of(Path database, Migration migration) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Workspace.sqlite3(database));
    command.add(migration.targetRows());
    Process shell =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    shell.getOutputStream().close();
    MessageDigest digest = sha256();
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream rows = shell.getInputStream()) {
      for (int length = rows.read(buffer); length >= 0; length = rows.read(buffer)) {
        digest.update(buffer, 0, length);
        for (int i = 0; i < length; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    if (shell.waitFor() != 0) {
      throw new IllegalStateException("the rows of " + migration.plan() + " could not be read");
    }
    System.err.printf("bench: %s has %,d target rows%n", migration.plan(), lines);
    return lines + " rows, sha256 " + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
