package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Index;
import dev.cairn.database.Database;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import java.util.List;

/** Whether the file system has room for what a plan would write. */
final class DiskSpace {
  private static final int BYTES_FOR_EACH_VALUE = 8;
  private static final int BYTES_FOR_EACH_ENTRY = 12;

  private final Database database;
  private final MigrateRows step;

  DiskSpace(Database database, MigrateRows step) {
    this.database = database;
    this.step = step;
  }

  List<Finding> findings(List<Lane> lanes) {
    long needed = lanes.stream().mapToLong(Lane::toWrite).sum() * bytesPerRow();
    long free = database.freeBytes();
    if (needed <= free / 2) {
      return List.of();
    }
    boolean impossible = needed > free;
    return List.of(
        Finding.of(
            "disk-space",
            impossible ? Severity.ERROR : Severity.WARNING,
            "about %,d MB will be written and %,d MB are free"
                .formatted(needed / 1_000_000, free / 1_000_000)));
  }

  private long bytesPerRow() {
    long bytes =
        BYTES_FOR_EACH_ENTRY + (long) BYTES_FOR_EACH_VALUE * step.target().columns().size();
    for (Index index : step.target().indexes()) {
      bytes += BYTES_FOR_EACH_ENTRY + (long) BYTES_FOR_EACH_VALUE * index.columns().size();
    }
    return bytes;
  }
}
