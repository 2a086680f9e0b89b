package dev.cairn.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Gives a finished file its name: whole or not at all, durable, and never in the place of another.
 * Nobody may have the file open as a database in this process: closing it here would drop the locks
 * that SQLite holds on it.
 */
public final class DurableFile {
  private static final Set<PosixFilePermission> MINE_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private DurableFile() {}

  /**
   * Moves a finished temporary file into place and makes both durable.
   *
   * @throws FileAlreadyExistsException if the name was taken
   */
  public static void putIntoPlace(Path temporary, Path file) throws IOException {
    force(temporary, StandardOpenOption.WRITE);
    move(temporary, file);
    force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
  }

  /** Takes a file away, and makes that durable; true where there was one. */
  public static boolean delete(Path file) throws IOException {
    boolean was = Files.deleteIfExists(file);
    force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    return was;
  }

  /** Bytes that the file system still has where this is; Long.MAX_VALUE where it isn't known. */
  public static long freeBytes(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** Makes a folder that nobody else may look into, where there is none yet. */
  public static Path privateFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(MINE_ALONE));
    }
    return folder;
  }

  /** Fails where something has that name already. */
  public static void refuseExisting(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /**
   * A rename would silently replace a file made in the meantime; a hard link can't. Where the file
   * system has no hard links, a look and a rename is the best there is.
   */
  private static void move(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
      Files.delete(temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      refuseExisting(file);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void force(Path path, OpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
