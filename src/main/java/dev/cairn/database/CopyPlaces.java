package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is asked for copies of its databases. The environment says it ({@code
 * CAIRN_ADMIN_URL}, {@code CAIRN_ADMIN_KEY} for sqld; {@code CAIRN_TURSO_ORG}, {@code
 * TURSO_API_TOKEN} and, for other than Turso's own, {@code CAIRN_TURSO_API}), else files of {@link
 * ConfiguredPlaces}: {@code admin} with {@code HOST[:PORT] URL [KEY]}, {@code turso} with {@code
 * HOST ORGANIZATION TOKEN}. Where both are said the admin API is asked.
 */
final class CopyPlaces {
  private static final String TURSO = "https://api.turso.tech";

  private final Map<String, String> environment;
  private final ConfiguredPlaces places;

  CopyPlaces(Map<String, String> environment, ConfiguredPlaces places) {
    this.environment = environment;
    this.places = places;
  }

  static CopyPlaces here() {
    Map<String, String> environment = System.getenv();
    return new CopyPlaces(environment, new ConfiguredPlaces(environment));
  }

  /** Who copies a database; empty where nothing says it. Fails with exit 2 where it can't be. */
  Optional<ServerCopies> of(LibsqlAddress address) {
    Optional<ServerCopies> forks =
        words("admin", address, "CAIRN_ADMIN_URL", "CAIRN_ADMIN_KEY")
            .map(
                words ->
                    new Forks(
                        client(words[0], key(words).map(secret -> "Basic " + secret)), address));
    return forks.or(
        () ->
            words("turso", address, "CAIRN_TURSO_ORG", "TURSO_API_TOKEN")
                .map(words -> turso(words, address)));
  }

  private ServerCopies turso(String[] words, LibsqlAddress address) {
    String token =
        key(words)
            .orElseThrow(
                () ->
                    CairnException.usage("Turso's platform API wants a token of its own")
                        .hint("TURSO_API_TOKEN holds it, or the file `turso` (docs/turso.md)"));
    String api = said("CAIRN_TURSO_API").orElse(TURSO);
    return new TursoCopies(client(api, Optional.of("Bearer " + token)), address, words[0]);
  }

  /** What the environment says, else the file: a word, and perhaps a secret. */
  private Optional<String[]> words(
      String file, LibsqlAddress address, String variable, String secret) {
    return said(variable)
        .map(value -> said(secret).map(key -> value + " " + key).orElse(value))
        .or(() -> places.word(file, address))
        .map(line -> line.strip().split("\\s+"));
  }

  private static Optional<String> key(String[] words) {
    return words.length > 1 ? Optional.of(words[1]) : Optional.empty();
  }

  private static AdminClient client(String url, Optional<String> authorization) {
    LibsqlAddress place;
    try {
      place = LibsqlAddress.of(url);
    } catch (CairnException malformed) {
      throw CairnException.usage("where copies are asked for is not the address of a server")
          .hint("http://HOST:PORT or https://HOST")
          .causedBy(malformed);
    }
    if (authorization.isPresent() && !place.guarded()) {
      throw CairnException.usage("a key would be sent to " + place.place() + " without TLS")
          .hint("use https://");
    }
    return new AdminClient(place.base(), authorization);
  }

  private Optional<String> said(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
