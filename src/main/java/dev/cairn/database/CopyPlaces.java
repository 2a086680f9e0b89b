package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is asked for copies, from the environment: {@code CAIRN_ADMIN_URL} and {@code
 * CAIRN_ADMIN_KEY} for sqld, {@code CAIRN_TURSO_ORG} and {@code TURSO_API_TOKEN} for Turso. Where
 * both are said the admin API is asked.
 */
final class CopyPlaces {
  private final Map<String, String> environment;

  CopyPlaces(Map<String, String> environment) {
    this.environment = environment;
  }

  static CopyPlaces here() {
    return new CopyPlaces(System.getenv());
  }

  /** Who copies a database; empty where nothing says it. Fails with exit 2 where it can't be. */
  Optional<ServerCopies> of(LibsqlAddress address) {
    Optional<ServerCopies> forks =
        said("CAIRN_ADMIN_URL")
            .map(
                url ->
                    new Forks(
                        client(
                            url, "CAIRN_ADMIN_URL", said("CAIRN_ADMIN_KEY").map(k -> "Basic " + k)),
                        address));
    return forks;
  }

  private static AdminClient client(String url, String variable, Optional<String> authorization) {
    LibsqlAddress place;
    try {
      place = LibsqlAddress.of(url);
    } catch (CairnException malformed) {
      throw CairnException.usage(variable + " is not the address of a server")
          .hint("http://HOST:PORT or https://HOST")
          .causedBy(malformed);
    }
    if (authorization.isPresent() && !place.guarded()) {
      throw CairnException.usage("a key would be sent to " + place.place() + " without TLS")
          .hint("use https://");
    }
    return new AdminClient(URI.create(place.base().toString()), authorization);
  }

  private Optional<String> said(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
