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

/**
 * What the person's configuration says of databases on servers: files in {@code cairn/} among it,
 * which nobody else may read or write, with a line {@code HOST[:PORT][/DATABASE] WORD} for each, a
 * libSQL server's database by its namespace. A line without one is of all that have none of their
 * own; {@code #} begins a remark.
 */
final class ConfiguredPlaces {
  private static final Set<PosixFilePermission> MINE_ALONE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Map<String, String> environment;

  ConfiguredPlaces(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The file of this name, where a home is known. */
  Optional<Path> file(String name) {
    return folder("XDG_CONFIG_HOME", ".config").map(folder -> folder.resolve(name));
  }

  /** A folder of Cairn's own by the XDG specification. */
  Optional<Path> folder(String variable, String underHome) {
    String set = environment.get(variable);
    if (set != null && set.startsWith("/")) {
      return Optional.of(Path.of(set, "cairn"));
    }
    return Optional.ofNullable(environment.get("HOME"))
        .filter(home -> home.startsWith("/"))
        .map(home -> Path.of(home, underHome, "cairn"));
  }

  /** Whether nobody else may read or write a file. */
  static boolean isMineAlone(Path file) throws IOException {
    return MINE_ALONE.containsAll(Files.getPosixFilePermissions(file));
  }

  /**
   * The word that a file has for a database. Fails with exit 2 where the file is open to others.
   */
  Optional<String> word(String name, LibsqlAddress address) {
    return word(name, address.place(), address.base().getRawAuthority());
  }

  private Optional<String> word(String name, String place, String server) {
    Optional<Path> file = file(name);
    if (file.isEmpty() || Files.notExists(file.get())) {
      return Optional.empty();
    }
    try {
      if (!isMineAlone(file.get())) {
        throw CairnException.usage("others may read or write " + file.get())
            .hint(
                "chmod 600 "
                    + file.get()
                    + (name.equals("tokens") ? ", and ask for new tokens" : ""));
      }
      Optional<String> ofServer = Optional.empty();
      for (String line : Files.readAllLines(file.get(), StandardCharsets.UTF_8)) {
        String[] words = line.strip().split("\\s+", 2);
        if (words.length < 2 || words[0].startsWith("#")) {
          continue;
        }
        if (words[0].equalsIgnoreCase(place)) {
          return Optional.of(words[1]);
        }
        if (words[0].equalsIgnoreCase(server)) {
          ofServer = Optional.of(words[1]);
        }
      }
      return ofServer;
    } catch (IOException unreadable) {
      throw CairnException.usage("can't read " + file.get()).causedBy(unreadable);
    }
  }

  /**
   * Whether the file {@code databases} says {@code not-live} of a database. Fails with exit 2 at a
   * word that it doesn't know: nobody's guess takes a protection away.
   */
  boolean saysNotLive(LibsqlAddress address) {
    return saysNotLive(address.place(), address.base().getRawAuthority());
  }

  /** The same of a database on any server. */
  boolean saysNotLive(String place, String server) {
    Optional<String> word = word("databases", place, server);
    if (word.isPresent() && !word.get().matches("live|not-live")) {
      throw CairnException.usage(
              "%s: of %s it says neither live nor not-live"
                  .formatted(file("databases").orElseThrow(), place))
          .hint("a line is `HOST[:PORT][/DATABASE] not-live`");
    }
    return word.filter("not-live"::equals).isPresent();
  }
}
