package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import java.nio.file.Path;

/** The database at one moment, which can be written out whole. */
public interface CopyableView extends ReadView {

  /** The schema at that moment. */
  Catalog catalog();

  /** How many bytes a copy will have. */
  long bytes();

  /** How the database keeps its log, in the engine's own word. */
  String journalMode();

  /** Whether others can't write while this view is open. */
  boolean blocksWriters();

  /**
   * Writes all that this view sees, and nothing later, to a database file that is there and empty;
   * nothing is left beside it that it would need. Fails with exit 6 where no room is left.
   */
  void copyTo(Path file);
}
