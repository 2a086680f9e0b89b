package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.snapshot.Manifest;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.snapshot.SnapshotMaker;
import dev.cairn.snapshot.Snapshots;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code snapshot create [NAME]}, {@code snapshot open NAME}, {@code snapshot drop NAME}. */
final class SnapshotCommand implements Command {
  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public String usage() {
    return "snapshot create [NAME] | open NAME | drop NAME";
  }

  @Override
  public String summary() {
    return "puts a checked copy of the database aside, opens one for reading, or deletes one";
  }

  @Override
  public List<String> details() {
    return List.of(
        "create  copies one moment while others read and write; in WAL mode nobody waits, in the",
        "        other journal modes writers wait until the copy is made. The engine's own check,"
            + " the",
        "        rows of every table and the schema are compared before the copy gets its name.",
        "        Without NAME it is called by the time. Copies lie in DATABASE.snapshots/ beside"
            + " it.",
        "        Of a database on a server: a fork, a new database on Turso, or a dump into a file"
            + " here,",
        "        whichever is said of the server (docs/undo-and-restore.md).",
        "        Of a PostgreSQL database: one made from it where nobody else is connected, else its"
            + " tables",
        "        in a schema of the same database.",
        "open    a session in which nothing can be written; `open DATABASE` leads back",
        "drop    asks first; a script needs --yes. Nothing else ever deletes a snapshot.");
  }

  @Override
  public Expected expected(List<String> before) {
    return before.isEmpty() ? Expected.words("create", "open", "drop") : Expected.NOTHING;
  }

  @Override
  public void run(Session session, String rest) {
    String[] words = rest.isBlank() ? new String[0] : rest.strip().split("\\s+");
    String verb = words.length == 0 ? "" : words[0].toLowerCase(Locale.ROOT);
    if (verb.equals("create") && words.length <= 2) {
      create(session, words.length == 2 ? Optional.of(words[1]) : Optional.empty());
    } else if (verb.equals("open") && words.length == 2) {
      open(session, words[1]);
    } else if (verb.equals("drop") && words.length == 2) {
      drop(session, words[1]);
    } else {
      throw CairnException.usage("snapshot what?").hint(usage());
    }
  }

  private static void create(Session session, Optional<String> name) {
    if (session.inTransaction()) {
      throw CairnException.refused(
              "open-transaction", "what the open transaction wrote would not be in the snapshot")
          .hint("COMMIT or ROLLBACK first");
    }
    Snapshot made = maker(session).make(name);
    SnapshotsCommand.show(session, Snapshots.of(session.database()), List.of(made));
  }

  static SnapshotMaker maker(Session session) {
    return new SnapshotMaker(
        session.database(), new Version().number(), Clock.systemUTC(), new CopyProgress(session));
  }

  private static void open(Session session, String name) {
    Snapshot snapshot = Snapshots.of(session.database()).find(name);
    String back = session.database().location();
    session.openReading(snapshot.location());
    session
        .output()
        .notice(
            "opened the snapshot %s for reading%s"
                .formatted(
                    name,
                    snapshot
                        .manifest()
                        .map(m -> "; `open " + back(m, back) + "` leads back")
                        .orElse("")));
  }

  /** A copy that is open leads back to what it is a copy of, where its manifest can name that. */
  private static String back(Manifest manifest, String open) {
    return manifest.source().startsWith("sqlite:")
        ? manifest.source().substring("sqlite:".length())
        : open;
  }

  private static void drop(Session session, String name) {
    Snapshots snapshots = Snapshots.of(session.database());
    snapshots.toDrop(name);
    if (!session.settings().yes()) {
      Optional<String> answer =
          session.console().ask("Delete the snapshot %s for good? [y/N] ".formatted(name));
      if (answer.isEmpty()) {
        throw CairnException.refused(
                "not-approved", "a snapshot is deleted for good, and nobody can be asked")
            .hint("--yes deletes it");
      }
      if (!answer.get().strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
        throw CairnException.refused("not-approved", "nothing was deleted");
      }
    }
    snapshots.drop(name);
    session.output().notice("the snapshot " + name + " is deleted");
  }
}
