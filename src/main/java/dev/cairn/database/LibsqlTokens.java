package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets that open databases on servers: from the environment ({@code CAIRN_AUTH_TOKEN},
 * {@code TURSO_AUTH_TOKEN}), else from the file {@code tokens} of {@link ConfiguredPlaces}. A token
 * is handed to the request that needs it, and to nothing else.
 */
final class LibsqlTokens {
  private final Map<String, String> environment;
  private final ConfiguredPlaces places;

  LibsqlTokens(Map<String, String> environment) {
    this.environment = environment;
    this.places = new ConfiguredPlaces(environment);
  }

  static LibsqlTokens here() {
    return new LibsqlTokens(System.getenv());
  }

  /** What the configuration of the same environment says of databases. */
  ConfiguredPlaces places() {
    return places;
  }

  /** The token for a database. Fails with exit 2 where the file is open to others. */
  Optional<String> of(LibsqlAddress address) {
    return Stream.of("CAIRN_AUTH_TOKEN", "TURSO_AUTH_TOKEN")
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .map(String::strip)
        .or(() -> places.word("tokens", address))
        .map(LibsqlTokens::sendable);
  }

  /** Folders of Cairn's own for what belongs to a server's databases. */
  Path folderFor(String what) {
    return places.folder("XDG_STATE_HOME", ".local/state").orElse(Path.of(".cairn")).resolve(what);
  }

  /** The message must not repeat what it is about, as the JDK's would. */
  private static String sendable(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw CairnException.usage("the token holds characters that no token has");
    }
    return token;
  }
}
