package dev.cairn.config;

import dev.cairn.database.DurableFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Cairn keeps files of its own, by the XDG base directory specification. {@code HOME} comes
 * from the environment: Java's {@code user.home} ignores it.
 */
public final class XdgPlaces {
  private final Map<String, String> environment;

  /**
   * @param environment the process's, or a test's
   */
  public XdgPlaces(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The folder for what is kept between sessions; empty where no home is known. */
  public Optional<Path> state() {
    return absolute("XDG_STATE_HOME")
        .or(() -> absolute("HOME").map(home -> home.resolve(".local").resolve("state")))
        .map(base -> base.resolve("cairn"));
  }

  /** Makes a folder that nobody else may look into, where there is none yet. */
  public static Path makePrivate(Path folder) throws IOException {
    return DurableFile.privateFolder(folder);
  }

  /** Relative places are to be ignored, says the specification. */
  private Optional<Path> absolute(String variable) {
    try {
      return Optional.ofNullable(environment.get(variable))
          .filter(value -> !value.isEmpty())
          .map(Path::of)
          .filter(Path::isAbsolute);
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }
}
