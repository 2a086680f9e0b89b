package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The passwords that open PostgreSQL databases: {@code PGPASSWORD}, else the first line that fits
 * in the file that {@code PGPASSFILE} names, which is {@code ~/.pgpass} unless it says otherwise. A
 * password is handed to the driver, and to nothing else.
 */
final class PostgresqlSecrets {
  private final Map<String, String> environment;

  PostgresqlSecrets(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The password for a database. Fails with exit 2 where the file is open to others. */
  Optional<String> of(PostgresqlAddress address) {
    return Optional.ofNullable(environment.get("PGPASSWORD"))
        .filter(value -> !value.isEmpty())
        .or(() -> file().flatMap(file -> fromFile(file, address)));
  }

  private Optional<Path> file() {
    return Optional.ofNullable(environment.get("PGPASSFILE"))
        .filter(named -> !named.isBlank())
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("HOME"))
                    .filter(home -> home.startsWith("/"))
                    .map(home -> Path.of(home, ".pgpass")))
        .filter(Files::isRegularFile);
  }

  private static Optional<String> fromFile(Path file, PostgresqlAddress address) {
    List<String> wanted =
        List.of(address.host(), String.valueOf(address.port()), address.database(), address.user());
    try {
      if (!ConfiguredPlaces.isMineAlone(file)) {
        throw CairnException.usage("others may read or write " + file)
            .hint("chmod 600 " + file + ", and change the passwords in it");
      }
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        List<String> fields = fields(line);
        if (!line.startsWith("#") && fields.size() == 5 && fits(fields, wanted)) {
          return Optional.of(fields.get(4));
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      throw CairnException.usage("can't read " + file).causedBy(unreadable);
    }
  }

  private static boolean fits(List<String> fields, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Five at most, between colons; a backslash makes the next character one like any other. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ':' && fields.size() < 4) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        field.append(line.charAt(++i));
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
