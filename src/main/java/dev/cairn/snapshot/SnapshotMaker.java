package dev.cairn.snapshot;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.CopyableView;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.DurableFile;
import dev.cairn.database.ParallelReads;
import dev.cairn.database.ReadView;
import dev.cairn.database.ServerCopies;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * Makes snapshots while others read and write. The counts are taken in the very transaction that is
 * copied; the copy is checked against them and by the engine before it gets its name, so that a
 * file under a snapshot's name is always whole.
 */
public final class SnapshotMaker {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long MANIFEST_BYTES = 1 << 20;

  private final Database database;
  private final Snapshots snapshots;
  private final String tool;
  private final Clock clock;
  private final SnapshotListener listener;
  private final Optional<ServerCopies> server;

  /**
   * @param tool the version of Cairn, for the manifest
   * @param clock tells the time that the snapshot bears
   */
  public SnapshotMaker(Database database, String tool, Clock clock, SnapshotListener listener) {
    this.database = database;
    this.snapshots = Snapshots.of(database);
    this.tool = tool;
    this.clock = clock;
    this.listener = listener;
    this.server = database.serverCopies();
  }

  /**
   * Makes a snapshot; without a name it is called by the time. Fails with exit 3 where the name is
   * taken, 6 where room is lacking or the database is busy, 130 where a person interrupted; nothing
   * is left behind then.
   */
  public Snapshot make(Optional<String> name) {
    return make(name.orElseGet(() -> free(TIME.format(clock.instant()))), false);
  }

  /** Makes a copy on which a plan can be tried out. */
  public Snapshot makeForRehearsal() {
    return make(free("rehearsal-" + TIME.format(clock.instant())), true);
  }

  private Snapshot make(String name, boolean rehearsal) {
    refuseTaken(name);
    if (server.isPresent()) {
      return new ServerSnapshots(database, snapshots, server.get(), tool, clock, listener)
          .make(name, rehearsal);
    }
    try {
      DurableFile.privateFolder(snapshots.folder());
      PartialFiles partials = new PartialFiles(snapshots.folder());
      partials.tidy();
      Path copy = partials.create(snapshots.file(name).getFileName().toString());
      try {
        Instant created = clock.instant();
        Moment moment = Interruptible.run(() -> copied(copy), () -> watch(copy), listener);
        listener.says("checking the copy ...");
        String sha256 = Interruptible.run(() -> checked(copy, moment), () -> {}, listener);
        Manifest manifest =
            new Manifest(
                rehearsal,
                database.identity(),
                database.name(),
                moment.schema(),
                moment.counts(),
                created,
                tool,
                moment.journalMode(),
                Files.size(copy),
                FileState.modified(copy),
                sha256,
                Optional.empty());
        publish(name, copy, manifest, partials);
        return snapshots.find(name);
      } finally {
        PartialFiles.delete(copy);
      }
    } catch (CairnException full) {
      throw full.code().equals("disk-full") ? full.hint(room()) : full;
    } catch (FileAlreadyExistsException taken) {
      throw taken(name);
    } catch (IOException error) {
      throw failure(error);
    }
  }

  /** What was true of the source in the transaction that was copied. */
  private record Moment(String schema, Map<String, Long> counts, String journalMode, long bytes) {}

  private volatile long expectedBytes;

  private Moment copied(Path copy) {
    try (CopyableView view = database.copyableView()) {
      Catalog catalog = view.catalog();
      expectedBytes = view.bytes();
      refuseWithoutRoom(expectedBytes + MANIFEST_BYTES);
      if (!database.identity().startsWith("sqlite:")) {
        listener.says(
            "no server copy can be asked for: %,d bytes are read out to a local file (dump)"
                .formatted(expectedBytes));
      }
      if (view.blocksWriters()) {
        listener.says(
            "journal mode is "
                + view.journalMode()
                + ": others can't write until the copy is made");
      }
      Map<String, Long> counts = TableCounts.of(database.dialect(), catalog, view);
      view.copyTo(copy);
      return new Moment(catalog.fingerprint(), counts, view.journalMode(), expectedBytes);
    }
  }

  private void watch(Path copy) {
    if (expectedBytes > 0 && Files.exists(copy)) {
      listener.copied(Math.min(copy.toFile().length(), expectedBytes), expectedBytes);
    }
  }

  /** Checks the copy and gives its hash, which is reckoned meanwhile: nobody writes it any more. */
  private String checked(Path copy, Moment moment) {
    FutureTask<String> hash = new FutureTask<>(() -> hash(copy));
    Thread hashing = new Thread(hash, "snapshot-hash");
    hashing.setDaemon(true);
    hashing.start();
    check(copy, moment);
    return ParallelReads.result(hash, "reading the copy");
  }

  private String hash(Path copy) {
    try {
      return FileState.sha256(copy);
    } catch (IOException error) {
      throw failure(error);
    }
  }

  private void check(Path copy, Moment moment) {
    try (Database opened = Databases.reading("sqlite:" + copy)) {
      opened.checkSound();
      Catalog catalog = opened.catalog();
      try (ReadView view = opened.view()) {
        boolean same =
            catalog.fingerprint().equals(moment.schema())
                && TableCounts.of(database.dialect(), catalog, view).equals(moment.counts());
        if (!same) {
          throw CairnException.failed(
                  "copy-differs", "the copy is not what was read from the database; it was deleted")
              .hint("check the database with `PRAGMA integrity_check;`");
        }
      }
    } catch (CairnException found) {
      throw found.code().equals("corrupt")
          ? CairnException.failed(
                  "corrupt", "the copy is damaged, so the database is: " + found.getMessage())
              .hint("check the database with `PRAGMA integrity_check;`")
          : found;
    }
  }

  /** The file first: where only one of the two is there, it is the one that matters. */
  private void publish(String name, Path copy, Manifest manifest, PartialFiles partials)
      throws IOException {
    Path json = partials.create(snapshots.manifest(name).getFileName().toString());
    try {
      Files.writeString(json, ManifestFile.text(manifest), StandardCharsets.UTF_8);
      DurableFile.putIntoPlace(copy, snapshots.file(name));
      DurableFile.putIntoPlace(json, snapshots.manifest(name));
    } finally {
      PartialFiles.delete(json);
    }
  }

  private void refuseWithoutRoom(long needed) {
    long free = DurableFile.freeBytes(snapshots.folder());
    if (needed > free) {
      throw CairnException.stopped(
              "disk-full",
              "a snapshot needs %,d bytes and %,d are free in %s"
                  .formatted(needed, free, snapshots.folder()))
          .hint(room());
    }
  }

  private CairnException failure(IOException error) {
    boolean full = DurableFile.freeBytes(snapshots.folder()) < MANIFEST_BYTES;
    CairnException told =
        full
            ? CairnException.stopped("disk-full", "no room is left in " + snapshots.folder())
                .hint(room())
            : CairnException.failed("snapshot", "can't write a snapshot: " + error);
    return told.causedBy(error);
  }

  private String room() {
    long needed = expectedBytes + MANIFEST_BYTES;
    long lacking = Math.max(0, needed - DurableFile.freeBytes(snapshots.folder()));
    return "it needs %,d bytes: free %,d more, then run it again; `snapshots` lists older ones"
        .formatted(needed, lacking);
  }

  private void refuseTaken(String name) {
    if (isTaken(name)) {
      throw taken(name);
    }
  }

  private boolean isTaken(String name) {
    return Files.exists(snapshots.file(name)) || Files.exists(snapshots.manifest(name));
  }

  static CairnException taken(String name) {
    return CairnException.refused("snapshot-exists", "there is a snapshot " + name + " already")
        .hint("choose another name, or `snapshot drop " + name + "` first");
  }

  private String free(String name) {
    String wanted = name;
    for (int i = 2; isTaken(wanted); i++) {
      wanted = name + "-" + i;
    }
    return wanted;
  }
}
