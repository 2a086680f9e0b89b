package dev.cairn.snapshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.database.Database;
import dev.cairn.database.DurableFile;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** What was measured on copies, each in a file beside its copy. */
public final class Rehearsals {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Snapshots snapshots;

  /** Those of a database. */
  public Rehearsals(Database database) {
    this.database = database;
    this.snapshots = Snapshots.of(database);
  }

  /** Keeps one, until its copy is dropped. */
  public void keep(Rehearsal rehearsal) {
    Path file = snapshots.rehearsal(rehearsal.snapshot());
    try {
      Path partial = new PartialFiles(snapshots.folder()).create(file.getFileName().toString());
      try {
        Files.write(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(rehearsal));
        DurableFile.putIntoPlace(partial, file);
      } finally {
        PartialFiles.delete(partial);
      }
    } catch (IOException error) {
      throw CairnException.failed(
              "rehearsal", "what the rehearsal measured can't be kept: " + error.getMessage())
          .causedBy(error);
    }
  }

  /** The latest one of this very plan on this database, whatever the rows were then. */
  public Optional<Rehearsal> latest(Plan plan) {
    return snapshots.list().stream()
        .map(snapshot -> snapshots.rehearsal(snapshot.name()))
        .filter(Files::isRegularFile)
        .map(Rehearsals::read)
        .filter(
            each ->
                each.target().equals(database.identity())
                    && each.text().equals(plan.text())
                    && Optional.ofNullable(each.where()).equals(plan.where()))
        .max(Comparator.comparingLong(Rehearsal::takenMillis));
  }

  private static Rehearsal read(Path file) {
    try {
      return JSON.readValue(Files.readAllBytes(file), Rehearsal.class);
    } catch (IOException broken) {
      throw CairnException.failed("rehearsal", "the rehearsal " + file + " can't be read")
          .hint("`snapshot drop` its copy to do without it")
          .causedBy(broken);
    }
  }
}
