package dev.cairn.snapshot;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.DurableFile;
import dev.cairn.database.ReadView;
import dev.cairn.database.ServerCopies;
import dev.cairn.database.ServerCopy;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Snapshots that the server of a database makes and keeps. What is about to be made is written down
 * before, and the manifest behind all checks: a copy half made or unchecked is never listed, and
 * what a killed process left on the server is dropped by the next one.
 */
final class ServerSnapshots {
  private final Database database;
  private final Snapshots snapshots;
  private final ServerCopies server;
  private final String tool;
  private final Clock clock;
  private final SnapshotListener listener;

  ServerSnapshots(
      Database database,
      Snapshots snapshots,
      ServerCopies server,
      String tool,
      Clock clock,
      SnapshotListener listener) {
    this.database = database;
    this.snapshots = snapshots;
    this.server = server;
    this.tool = tool;
    this.clock = clock;
    this.listener = listener;
  }

  /** What was true of a database at one moment. */
  private record Moment(String schema, Map<String, Long> counts, long bytes) {
    boolean sameRows(Moment other) {
      return schema.equals(other.schema) && counts.equals(other.counts);
    }

    /** What was true of these tables alone. */
    Moment of(Set<String> tables) {
      Map<String, Long> some = new TreeMap<>(counts);
      some.keySet().retainAll(tables);
      return new Moment(schema, some, bytes);
    }
  }

  Snapshot make(String name, boolean rehearsal) {
    try {
      DurableFile.privateFolder(snapshots.folder());
      PartialFiles partials = new PartialFiles(snapshots.folder());
      partials.tidy();
      dropAbandoned(partials);
      Instant created = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      String called = ServerCopyName.of(database.identity(), database.name(), name, created);
      Path intent = partials.intent(name);
      Files.writeString(intent, called, StandardCharsets.UTF_8);
      boolean gone = false;
      try {
        Manifest manifest = made(called, created, rehearsal);
        publish(name, manifest, partials);
        gone = true;
        return snapshots.find(name);
      } finally {
        gone = gone || isDropped(called);
        if (gone) {
          PartialFiles.delete(intent);
        }
      }
    } catch (FileAlreadyExistsException taken) {
      throw SnapshotMaker.taken(name);
    } catch (IOException error) {
      throw CairnException.failed("snapshot", "can't keep the snapshot's manifest: " + error)
          .causedBy(error);
    }
  }

  private Manifest made(String called, Instant created, boolean rehearsal) throws IOException {
    server.checkAsked();
    Moment before = moment(database);
    listener.says(
        "the server makes %s, %,d bytes, and keeps it as %s"
            .formatted(server.intended(rehearsal), before.bytes(), called));
    long started = System.nanoTime();
    ServerCopy copy =
        Interruptible.run(
            () -> server.make(called, rehearsal, listener::stopRequested), () -> {}, listener);
    double seconds = (System.nanoTime() - started) / 1e9;
    listener.says("it took %.1f s; checking the copy ...".formatted(seconds));
    Moment moment = Interruptible.run(() -> checked(copy, before), () -> {}, listener);
    if (!rehearsal) {
      server.protect(called);
    }
    boolean writable = server.find(called).orElseThrow(() -> differs("is not there")).writable();
    if (writable != rehearsal) {
      throw differs("can be written to");
    }
    return new Manifest(
        rehearsal,
        database.identity(),
        database.name(),
        moment.schema(),
        moment.counts(),
        created,
        tool,
        "server",
        moment.bytes(),
        created,
        "",
        Optional.of(copy));
  }

  /**
   * What the copy holds. Where nobody wrote meanwhile it is what the database held before and
   * behind; else each table's rows lie between.
   */
  private Moment checked(ServerCopy copy, Moment before) {
    Moment found;
    try (Database opened = Databases.reading(copy.url())) {
      opened.checkSound();
      found = moment(opened);
    }
    Moment after = moment(database);
    if (!before.schema().equals(after.schema())) {
      throw CairnException.stopped(
              "busy", "the schema changed while the copy was made; the copy was dropped")
          .hint("run it again");
    }
    if (copy.isOfTables()) {
      sayLeftOut(before, found);
      return compared(
          new Moment(before.schema(), found.counts(), found.bytes()),
          before.of(found.counts().keySet()),
          after.of(found.counts().keySet()));
    }
    return compared(found, before, after);
  }

  private void sayLeftOut(Moment before, Moment found) {
    List<String> leftOut =
        before.counts().keySet().stream()
            .filter(table -> !Catalog.isOwn(table) && !found.counts().containsKey(table))
            .toList();
    if (!leftOut.isEmpty()) {
      listener.says(
          "not in the copy: %s (a partition's rows are in its table's copy, a foreign table's stay elsewhere)"
              .formatted(String.join(", ", leftOut)));
    }
  }

  private Moment compared(Moment found, Moment before, Moment after) {
    boolean quiet = before.sameRows(after);
    if (quiet ? !found.sameRows(before) : !liesBetween(found, before, after)) {
      throw quiet
          ? differs("is not what was read from the database")
          : CairnException.stopped(
                  "busy",
                  "others wrote so much while the copy was made that it can't be checked; it was"
                      + " dropped")
              .hint("run it again");
    }
    if (!quiet) {
      listener.says("others wrote meanwhile: the rows of each table lie between before and after");
    }
    return found;
  }

  private static boolean liesBetween(Moment found, Moment before, Moment after) {
    return found.schema().equals(before.schema())
        && found.counts().keySet().equals(before.counts().keySet())
        && found.counts().entrySet().stream()
            .allMatch(
                each -> {
                  long one = before.counts().get(each.getKey());
                  long other = after.counts().getOrDefault(each.getKey(), one);
                  return each.getValue() >= Math.min(one, other)
                      && each.getValue() <= Math.max(one, other);
                });
  }

  private static Moment moment(Database of) {
    Catalog catalog = of.catalog();
    try (ReadView view = of.view()) {
      long bytes = view.number(of.dialect().size());
      return new Moment(catalog.fingerprint(), TableCounts.of(of.dialect(), catalog, view), bytes);
    }
  }

  private static CairnException differs(String how) {
    return CairnException.failed("copy-differs", "the server's copy " + how + "; it was dropped")
        .hint("check the database with `SELECT * FROM pragma_integrity_check;`");
  }

  private void publish(String name, Manifest manifest, PartialFiles partials) throws IOException {
    Path json = partials.create(snapshots.manifest(name).getFileName().toString());
    try {
      Files.writeString(json, ManifestFile.text(manifest), StandardCharsets.UTF_8);
      DurableFile.putIntoPlace(json, snapshots.manifest(name));
    } finally {
      PartialFiles.delete(json);
    }
  }

  /** Whether nothing of that name is left on the server; a failure tells no other failure away. */
  private boolean isDropped(String called) {
    try {
      boolean there = server.find(called).isPresent();
      if (there) {
        server.drop(called);
      }
      return there;
    } catch (CairnException unseen) {
      return false;
    }
  }

  /** What was listed meanwhile stays; what isn't there (yet) is looked for again another time. */
  private void dropAbandoned(PartialFiles partials) throws IOException {
    for (Path intent : partials.abandonedIntents()) {
      String called = Files.readString(intent, StandardCharsets.UTF_8).strip();
      boolean listed =
          snapshots.list().stream()
              .flatMap(each -> each.manifest().flatMap(Manifest::onServer).stream())
              .anyMatch(copy -> copy.name().equals(called));
      boolean ours = called.startsWith(ServerCopyName.PREFIX);
      if (listed || !ours || isDropped(called) || PartialFiles.isOld(intent)) {
        PartialFiles.delete(intent);
      }
    }
  }

  /** How a copy is, as its server says. */
  static FileState state(Manifest manifest, Optional<ServerCopies> server) {
    if (server.isEmpty()) {
      return FileState.UNSEEN;
    }
    ServerCopy copy = manifest.onServer().orElseThrow();
    Optional<ServerCopies.Found> found = server.get().find(copy.name());
    if (found.isEmpty()) {
      return FileState.MISSING;
    }
    if (!found.get().id().equals(copy.id())) {
      return FileState.CHANGED;
    }
    if (manifest.rehearsal()) {
      return FileState.REHEARSED;
    }
    return found.get().writable() ? FileState.CHANGED : FileState.UNCHANGED;
  }

  /**
   * Fails with exit 3 where what the manifest names may be another database than the one that was
   * made, or nothing says how to drop it.
   */
  static void refuseOther(
      String name, Manifest manifest, String source, Optional<ServerCopies> server) {
    ServerCopy copy = manifest.onServer().orElseThrow();
    if (server.isEmpty()) {
      throw CairnException.refused(
              "no-admin", name + " is kept by the server, which nothing here says how to ask")
          .hint("set what it was made with (docs/undo-and-restore.md), then drop it");
    }
    Optional<ServerCopies.Found> found = server.get().find(copy.name());
    boolean same =
        ServerCopyName.fits(name, manifest)
            && manifest.source().equals(source)
            && server.get().makes(copy.way())
            && found.map(each -> each.id().equals(copy.id())).orElse(true);
    if (!same) {
      throw CairnException.refused(
              "other-database",
              "what the manifest of %s names (%s) is not the copy that was made under it"
                  .formatted(name, copy.name()))
          .hint("nothing was deleted; look at it with the server's own tools");
    }
  }
}
