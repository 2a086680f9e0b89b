package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The secrets that open databases on servers: from the environment ({@code CAIRN_AUTH_TOKEN},
 * {@code TURSO_AUTH_TOKEN}), else from the file {@code cairn/tokens} among the person's
 * configuration, which nobody else may read: a line {@code HOST[:PORT][/NAMESPACE] TOKEN} for each.
 * A token is handed to the request that needs it, and to nothing else.
 */
final class LibsqlTokens {
  private static final Set<PosixFilePermission> MINE_ALONE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Map<String, String> environment;

  LibsqlTokens(Map<String, String> environment) {
    this.environment = environment;
  }

  static LibsqlTokens here() {
    return new LibsqlTokens(System.getenv());
  }

  /** The token for a database. Fails with exit 2 where the file is open to others. */
  Optional<String> of(LibsqlAddress address) {
    return Stream.of("CAIRN_AUTH_TOKEN", "TURSO_AUTH_TOKEN")
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .map(String::strip)
        .or(() -> inFile(address))
        .map(LibsqlTokens::sendable);
  }

  private Optional<String> inFile(LibsqlAddress address) {
    Optional<Path> file = folder("XDG_CONFIG_HOME", ".config").map(at -> at.resolve("tokens"));
    if (file.isEmpty() || Files.notExists(file.get())) {
      return Optional.empty();
    }
    try {
      if (!MINE_ALONE.containsAll(Files.getPosixFilePermissions(file.get()))) {
        throw CairnException.usage("others may read the tokens in " + file.get())
            .hint("chmod 600, and ask for new tokens");
      }
      Optional<String> ofServer = Optional.empty();
      for (String line : Files.readAllLines(file.get(), StandardCharsets.UTF_8)) {
        String[] words = line.strip().split("\\s+");
        if (words.length == 2 && words[0].equals(address.place())) {
          return Optional.of(words[1]);
        }
        if (words.length == 2 && words[0].equals(address.base().getRawAuthority())) {
          ofServer = Optional.of(words[1]);
        }
      }
      return ofServer;
    } catch (IOException unreadable) {
      throw CairnException.usage("can't read " + file.get()).causedBy(unreadable);
    }
  }

  /** Folders of Cairn's own for what belongs to a server's databases. */
  Path folderFor(String what) {
    return folder("XDG_STATE_HOME", ".local/state").orElse(Path.of(".cairn")).resolve(what);
  }

  private Optional<Path> folder(String variable, String underHome) {
    String set = environment.get(variable);
    if (set != null && set.startsWith("/")) {
      return Optional.of(Path.of(set, "cairn"));
    }
    return Optional.ofNullable(environment.get("HOME"))
        .map(home -> Path.of(home, underHome, "cairn"));
  }

  /** The message must not repeat what it is about, as the JDK's would. */
  private static String sendable(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw CairnException.usage("the token holds characters that no token has");
    }
    return token;
  }
}
