package dev.cairn.snapshot;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.DurableFile;
import dev.cairn.database.ServerCopies;
import dev.cairn.database.ServerCopy;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots of a database: files in a folder beside it, each with its manifest, or a manifest
 * alone where a server keeps the copy.
 */
public final class Snapshots {
  static final String DATABASE = ".db";
  private static final String FILE = "sqlite:";
  private static final String MANIFEST = ".json";
  private static final String REHEARSAL = ".rehearsal";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path folder;
  private final String open;
  private final Optional<ServerCopies> server;

  private Snapshots(Path folder, String open, Optional<ServerCopies> server) {
    this.folder = folder;
    this.open = open;
    this.server = server;
  }

  /** Those of a database. */
  public static Snapshots of(Database database) {
    return new Snapshots(database.snapshotFolder(), database.identity(), database.serverCopies());
  }

  /**
   * What a person means: a snapshot's name, or in quotes the path or URL of any database. Fails
   * with exit 1 where there is none, 2 where it can't be one, 4 where a snapshot is no longer what
   * was made.
   */
  public static Snapshot resolve(Database database, String named) {
    String text = named.strip();
    Optional<String> quoted = unquoted(text);
    if (quoted.isPresent()) {
      return outside(database, quoted.get());
    }
    Snapshots all = of(database);
    if (!NAME.matcher(text).matches()) {
      throw CairnException.usage("'" + text + "' can't be the name of a snapshot")
          .hint("`snapshots` lists the names; another database is named by its path in quotes");
    }
    Snapshot found = all.find(text);
    if (all.state(found) == FileState.CHANGED) {
      throw CairnException.drift(
              "snapshot-changed", "the snapshot " + text + " was written to since it was made")
          .hint("its place in quotes names it as it is now: '" + found.place() + "'");
    }
    return found;
  }

  /** All of them, oldest first. */
  public List<Snapshot> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(DATABASE) || file.endsWith(MANIFEST))
          .map(file -> file.substring(0, file.lastIndexOf('.')))
          .filter(name -> NAME.matcher(name).matches())
          .distinct()
          .map(this::snapshot)
          .sorted(Comparator.comparing(Snapshots::age).thenComparing(Snapshot::name))
          .toList();
    } catch (IOException error) {
      throw CairnException.failed("snapshot", "can't list " + folder + ": " + error.getMessage())
          .causedBy(error);
    }
  }

  /** The one of that name. Fails with exit 1 where there is none. */
  public Snapshot find(String name) {
    checked(name);
    Snapshot found = snapshot(name);
    if (!found.isOnServer() && !Files.isRegularFile(file(name))) {
      List<String> names = list().stream().map(Snapshot::name).toList();
      throw CairnException.failed("no-such-snapshot", "there is no snapshot " + name)
          .hint(
              Catalog.nearest(name, names)
                  .map(near -> "did you mean " + near + "? `snapshots` lists them")
                  .orElse(
                      "`snapshots` lists them, `snapshot create` makes one; `diff` and `plan"
                          + " restore` take a path or URL in quotes too"));
    }
    return found;
  }

  /** Whether it is still what was made. */
  public FileState state(Snapshot snapshot) {
    Optional<Manifest> kept = snapshot.manifest().filter(each -> each.onServer().isPresent());
    return kept.isPresent()
        ? ServerSnapshots.state(kept.get(), server)
        : FileState.of(snapshot, isOpen(snapshot));
  }

  /** The one that would be deleted, perhaps a manifest alone. Fails as deleting it would. */
  public Snapshot toDrop(String name) {
    Snapshot dropped = Files.exists(manifest(name)) ? snapshot(name) : find(name);
    dropped
        .manifest()
        .filter(each -> each.onServer().isPresent())
        .ifPresent(each -> ServerSnapshots.refuseOther(name, each, open, server));
    if (isOpen(dropped)) {
      throw CairnException.refused("snapshot-open", name + " is the open database")
          .hint("`open` another one first");
    }
    return dropped;
  }

  /**
   * Deletes one, what was kept beside it included. Fails with exit 1 where there is none, 3 where
   * it is the open database.
   */
  public void drop(String name) {
    Snapshot dropped = toDrop(name);
    dropped
        .manifest()
        .flatMap(Manifest::onServer)
        .ifPresent(copy -> server.orElseThrow().drop(copy.name()));
    try {
      if (!dropped.isOnServer()) {
        PartialFiles.delete(dropped.file());
      }
      Files.deleteIfExists(rehearsal(name));
      DurableFile.delete(manifest(name));
    } catch (IOException error) {
      throw CairnException.failed("snapshot", "can't delete " + name + ": " + error)
          .causedBy(error);
    }
  }

  private boolean isOpen(Snapshot snapshot) {
    String identity =
        snapshot
            .manifest()
            .flatMap(Manifest::onServer)
            .map(ServerCopy::identity)
            .orElse(FILE + snapshot.file());
    return open.equals(identity);
  }

  /** The folder that they are in; there may be none yet. */
  Path folder() {
    return folder;
  }

  /** The file of a snapshot of that name. */
  Path file(String name) {
    return folder.resolve(checked(name) + DATABASE);
  }

  /** The manifest of a snapshot of that name. */
  Path manifest(String name) {
    return folder.resolve(checked(name) + MANIFEST);
  }

  /** What a rehearsal on that copy measured. */
  Path rehearsal(String name) {
    return folder.resolve(checked(name) + REHEARSAL);
  }

  private Snapshot snapshot(String name) {
    Optional<Manifest> manifest = ManifestFile.read(manifest(name));
    return manifest.filter(each -> each.onServer().isPresent()).isPresent()
        ? Snapshot.onServer(name, manifest.get())
        : new Snapshot(name, file(name), manifest);
  }

  private static Snapshot outside(Database database, String path) {
    try (Database other = Databases.reading(path)) {
      if (other.identity().equals(database.identity())) {
        throw CairnException.usage(path + " is the open database itself")
            .hint("name a snapshot, or another database");
      }
      if (!other.identity().startsWith(FILE)) {
        return Snapshot.onServer(path);
      }
      Path file = Path.of(other.identity().substring(FILE.length()));
      return new Snapshot(path, file, Optional.empty());
    }
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw CairnException.usage("'" + name + "' can't be the name of a snapshot")
          .hint("letters, digits, '.', '_' and '-', beginning with a letter or a digit");
    }
    return name;
  }

  private static Optional<String> unquoted(String text) {
    boolean quoted =
        text.length() > 2
            && (text.charAt(0) == '\'' || text.charAt(0) == '"')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? Optional.of(text.substring(1, text.length() - 1)) : Optional.empty();
  }

  /** When it was made; a file without a manifest is as old as it says itself. */
  private static String age(Snapshot snapshot) {
    return snapshot.manifest().map(manifest -> manifest.created().toString()).orElse("");
  }
}
