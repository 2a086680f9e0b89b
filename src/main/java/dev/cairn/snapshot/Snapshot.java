package dev.cairn.snapshot;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A database put aside, or any other that was named in such a one's place.
 *
 * @param name its name; for a database from outside, the path as it was given
 * @param file the database file
 * @param manifest what was true of it when it was made; empty for a database from outside
 */
public record Snapshot(String name, Path file, Optional<Manifest> manifest) {
  /** Opens it so that nothing can be written. Fails with exit 1 where it is no sound database. */
  public Database open() {
    return Databases.reading("sqlite:" + file);
  }
}
