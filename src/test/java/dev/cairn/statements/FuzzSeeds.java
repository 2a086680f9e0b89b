package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the collected statements as files of their own, for a fuzzer to begin with. */
final class FuzzSeeds {

  private FuzzSeeds() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Flavour flavour : Flavour.values()) {
      int number = 0;
      for (CollectedStatement statement : StatementCollection.of(flavour)) {
        String name = flavour + "-" + statement.topic() + "-" + number++;
        Files.writeString(folder.resolve(name), statement.text());
      }
    }
  }
}
