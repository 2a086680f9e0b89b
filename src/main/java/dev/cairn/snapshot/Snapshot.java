package dev.cairn.snapshot;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A database put aside, or any other that was named in such a one's place.
 *
 * @param name its name; for a database from outside, the path or URL as it was given
 * @param file the database file; the empty path of one on a server
 * @param manifest what was true of it when it was made; empty for a database from outside
 * @param location what opens it
 */
public record Snapshot(String name, Path file, Optional<Manifest> manifest, String location) {

  /** One that is a file. */
  public Snapshot(String name, Path file, Optional<Manifest> manifest) {
    this(name, file, manifest, "sqlite:" + file);
  }

  /** A copy that the server keeps. */
  static Snapshot onServer(String name, Manifest manifest) {
    String url = manifest.onServer().orElseThrow().url();
    return new Snapshot(name, Path.of(""), Optional.of(manifest), url);
  }

  /** One on a server. */
  static Snapshot onServer(String url) {
    return new Snapshot(url, Path.of(""), Optional.empty(), url);
  }

  /** Whether it lies on a server. */
  public boolean isOnServer() {
    return file.toString().isEmpty();
  }

  /** Opens it so that nothing can be written. Fails with exit 1 where it is no sound database. */
  public Database open() {
    return Databases.reading(location);
  }

  /** Where it is, as it can be named in quotes: a path or a URL. */
  public String place() {
    return isOnServer() ? location : file.toString();
  }

  /**
   * It as queries of a database read it beside that one's own tables. Fails with exit 1 where it
   * can't be read.
   */
  Beside beside(Database here, String schema, String table) {
    Optional<Beside> own = here.besideOf(location, table);
    if (own.isPresent()) {
      return own.get();
    }
    if (!isOnServer()) {
      return new Beside(schema, file.toString());
    }
    try (Database server = open()) {
      return new Beside(schema, server.besideFile(table).toString());
    }
  }
}
