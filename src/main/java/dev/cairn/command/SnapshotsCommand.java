package dev.cairn.command;

import dev.cairn.snapshot.Manifest;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.snapshot.Snapshots;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code snapshots}. */
final class SnapshotsCommand implements Command {
  @Override
  public String name() {
    return "snapshots";
  }

  @Override
  public String usage() {
    return "snapshots";
  }

  @Override
  public String summary() {
    return "lists the snapshots of this database, oldest first, and whether they are as they were"
        + " made";
  }

  @Override
  public List<String> details() {
    return List.of(
        "unchanged      the file is byte for byte what was made; of a copy that a server keeps: it"
            + " is",
        "               the one that was made, and nobody may write to it",
        "changed        something was or may have been written to it since: restore and diff"
            + " refuse",
        "               its name",
        "rehearsed      a copy on which a plan was tried out with `apply on snapshot`",
        "missing        only the manifest is left; `snapshot drop` takes it away",
        "not looked at  a server keeps it, and nothing here says how to ask for it",
        "no manifest    a file from elsewhere, or a creation that was cut off behind its last"
            + " check");
  }

  @Override
  public void run(Session session, String rest) {
    Snapshots snapshots = Snapshots.of(session.database());
    show(session, snapshots, snapshots.list());
  }

  static void show(Session session, Snapshots snapshots, List<Snapshot> shown) {
    List<List<Object>> rows = new ArrayList<>();
    for (Snapshot each : shown) {
      Optional<Manifest> manifest = each.manifest();
      List<Object> row = new ArrayList<>();
      row.add(each.name());
      row.add(manifest.map(m -> m.created().truncatedTo(ChronoUnit.SECONDS).toString()).orElse(""));
      row.add(bytes(each));
      row.add(manifest.map(m -> (Object) m.tables()).orElse(""));
      row.add(manifest.map(m -> (Object) m.rows()).orElse(""));
      row.add(snapshots.state(each).word());
      rows.add(row);
    }
    session.output().rows(List.of("snapshot", "made", "bytes", "tables", "rows", "state"), rows);
  }

  private static Object bytes(Snapshot snapshot) {
    if (snapshot.isOnServer()) {
      return snapshot.manifest().map(m -> (Object) m.bytes()).orElse("");
    }
    return Files.exists(snapshot.file()) ? (Object) snapshot.file().toFile().length() : "";
  }
}
