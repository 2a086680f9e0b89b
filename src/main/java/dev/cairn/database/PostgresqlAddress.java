package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a PostgreSQL database is: {@code postgresql://[USER@]HOST[:PORT][/DATABASE]}, {@code
 * postgres://…} or {@code jdbc:postgresql://…}. What it leaves out comes from {@code PGHOST},
 * {@code PGPORT}, {@code PGUSER} and {@code PGDATABASE}, else is localhost, 5432, the person's name
 * on this machine, and the user's name.
 *
 * @param host a name or an address, IPv6 without its brackets
 * @param settings what stands behind the {@code ?}, as the driver calls it
 */
record PostgresqlAddress(
    String host, int port, String database, String user, Map<String, String> settings) {
  private static final int USUAL_PORT = 5432;
  private static final String JDBC = "jdbc:";

  /** All that may stand behind the question mark: nothing there changes what Cairn rests on. */
  private static final Set<String> SETTINGS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "channelBinding", "currentSchema");

  /** What libpq calls otherwise than the driver does. */
  private static final Map<String, String> SYNONYMS =
      Map.of("channel_binding", "channelBinding", "search_path", "currentSchema");

  PostgresqlAddress {
    settings = Map.copyOf(settings);
  }

  /** Whether a name has the form of an address. */
  static boolean fits(String named) {
    String bare = withoutJdbc(named).toLowerCase(Locale.ROOT);
    return bare.startsWith("postgresql:") || bare.startsWith("postgres:");
  }

  /** Reads one. Fails with exit 2 where it says what can't be understood, or a secret. */
  static PostgresqlAddress of(String named, Map<String, String> environment) {
    URI uri = uri(withoutJdbc(named));
    if (uri.isOpaque() || (uri.getRawAuthority() != null && uri.getHost() == null)) {
      throw malformed("behind // stands one host, with its port where it has one");
    }
    if (uri.getRawFragment() != null) {
      throw malformed("it goes on behind a #");
    }
    String user = decoded(Optional.ofNullable(uri.getRawUserInfo()).orElse(""));
    Map<String, String> settings = settings(uri);
    String person = set(environment, "PGUSER").orElse(System.getProperty("user.name", ""));
    String name = user.isEmpty() ? settings.getOrDefault("user", person) : user;
    settings.remove("user");
    String path = decoded(Optional.ofNullable(uri.getRawPath()).orElse("")).replaceFirst("^/", "");
    if (path.indexOf('/') >= 0) {
      throw malformed("behind the host stands one name, the database's");
    }
    String host = Optional.ofNullable(uri.getHost()).orElse("").replaceAll("[\\[\\]]", "");
    return new PostgresqlAddress(
        host.isEmpty() ? set(environment, "PGHOST").orElse("localhost") : host,
        uri.getPort() > 0 ? uri.getPort() : port(environment),
        path.isEmpty() ? set(environment, "PGDATABASE").orElse(name) : path,
        name,
        settings);
  }

  /** Host and port, where it isn't the usual one. */
  String server() {
    String bare = host.indexOf(':') >= 0 ? "[" + host + "]" : host.toLowerCase(Locale.ROOT);
    return port == USUAL_PORT ? bare : bare + ":" + port;
  }

  /** What the configuration knows it under. */
  String place() {
    return server() + "/" + database;
  }

  /** What names it again; no secret stands in it. */
  String url() {
    StringBuilder url = new StringBuilder("postgresql://").append(encoded(user)).append('@');
    url.append(server()).append('/').append(encoded(database));
    char before = '?';
    for (Map.Entry<String, String> each : new TreeMap<>(settings).entrySet()) {
      url.append(before).append(each.getKey()).append('=').append(encoded(each.getValue()));
      before = '&';
    }
    return url.toString();
  }

  /**
   * What the driver is told; what it could add by itself, the database's name too, stands in it.
   */
  String driverUrl() {
    String bare = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "jdbc:postgresql://" + bare + ":" + port + "/" + encoded(database);
  }

  /** Whether there is no way on which anybody could read along. */
  boolean isHere() {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.matches("127\\.[0-9.]+");
  }

  private static Map<String, String> settings(URI uri) {
    Map<String, String> settings = new TreeMap<>();
    String query = uri.getRawQuery();
    for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String name = part.split("=", 2)[0];
      String value =
          part.length() > name.length() ? decoded(part.substring(name.length() + 1)) : "";
      String known = SYNONYMS.getOrDefault(name, name);
      if (name.toLowerCase(Locale.ROOT).matches(".*(password|token|secret).*")) {
        throw CairnException.usage("a password may not stand in a database's URL")
            .hint("pass it in PGPASSWORD, or keep it in ~/.pgpass");
      }
      if (!SETTINGS.contains(known) && !known.equals("user")) {
        throw malformed(
            name.matches("[A-Za-z_]{1,30}")
                ? "behind the ? stands '" + name + "', which can't be set"
                : "behind the ? stands what can't be set");
      }
      settings.put(known, value);
    }
    return settings;
  }

  private static int port(Map<String, String> environment) {
    String port = set(environment, "PGPORT").orElse(String.valueOf(USUAL_PORT));
    if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
      throw CairnException.usage("PGPORT is no port: " + port);
    }
    return Integer.parseInt(port);
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static String withoutJdbc(String named) {
    return named.regionMatches(true, 0, JDBC, 0, JDBC.length())
        ? named.substring(JDBC.length())
        : named;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      // Its message repeats the text, in which a secret may stand.
      throw malformed("character " + (wrong.getIndex() + 1) + " can't stand there");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw malformed("behind a % stand two digits");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static CairnException malformed(String why) {
    return CairnException.usage("not the address of a PostgreSQL database: " + why)
        .hint(
            "postgresql://USER@HOST:PORT/DATABASE, where it needs one with ?sslmode=MODE or"
                + " ?currentSchema=SCHEMA");
  }
}
