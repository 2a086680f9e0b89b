package dev.cairn.snapshot;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.ServerCopy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was true of a snapshot when it was made.
 *
 * @param rehearsal whether it is a copy on which a plan is tried out, and so no longer what it was
 * @param source the identity of the database that it is a copy of
 * @param sourceName what a person calls that database
 * @param schema the fingerprint of its schema
 * @param counts rows of each table at that moment, Cairn's own tables included
 * @param created when it was made
 * @param tool the version of Cairn that made it
 * @param journalMode the journal mode of the source; the copy itself needs no log
 * @param bytes the size of the file
 * @param modified when the file was last written: as long as that holds, so does its hash
 * @param sha256 the hash of the file, in hex; empty for a copy that a server keeps
 * @param onServer the copy that a server keeps; empty for a file
 */
public record Manifest(
    boolean rehearsal,
    String source,
    String sourceName,
    String schema,
    Map<String, Long> counts,
    Instant created,
    String tool,
    String journalMode,
    long bytes,
    Instant modified,
    String sha256,
    Optional<ServerCopy> onServer) {

  public Manifest {
    counts = new TreeMap<>(counts);
  }

  /** Rows of a table at that moment; empty where there was no such table. */
  public Optional<Long> rows(String table) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(table))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** How many tables it has, without Cairn's own. */
  public long tables() {
    return counts.keySet().stream().filter(table -> !Catalog.isOwn(table)).count();
  }

  /** Rows in all tables but Cairn's own. */
  public long rows() {
    return counts.entrySet().stream()
        .filter(entry -> !Catalog.isOwn(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
