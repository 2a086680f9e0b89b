package dev.cairn.database;

import java.nio.file.Path;

/** The database at one moment, which can be written out whole. */
public interface CopyableView extends ReadView {

  /**
   * Writes all that this view sees, and nothing later, to a database file that is there and empty;
   * nothing is left beside it that it would need. Fails with exit 6 where no room is left.
   */
  void copyTo(Path file);
}
