package dev.cairn.proof;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Cases that run on a database of each engine: the servers of a class, its databases of a case. */
abstract class OnEachEngine {
  @TempDir static Path folder;
  static ContractEngines engines;

  @BeforeAll
  static void start() {
    engines = new ContractEngines(folder);
  }

  @AfterAll
  static void stop() {
    if (engines != null) {
      engines.close();
    }
  }

  @AfterEach
  void close() {
    engines.closeDatabases();
  }
}
