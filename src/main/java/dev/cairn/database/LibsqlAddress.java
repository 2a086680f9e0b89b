package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a libSQL server is, and which of its namespaces is meant: {@code libsql://HOST}, {@code
 * http://HOST:PORT} or {@code https://…}, each with an optional {@code ?namespace=NAME}; or the
 * same behind {@code jdbc:dbeaver:libsql:}.
 *
 * @param base the server, without a path
 * @param namespace the database on a server with several
 */
record LibsqlAddress(URI base, Optional<String> namespace) {
  private static final String JDBC = "jdbc:dbeaver:libsql:";

  /** Whether a name has the form of an address. */
  static boolean fits(String named) {
    String lower = named.toLowerCase(Locale.ROOT);
    return lower.startsWith(JDBC)
        || lower.startsWith("libsql:")
        || lower.startsWith("http:")
        || lower.startsWith("https:");
  }

  /** Reads one. Fails with exit 2 where it says what can't be understood, or a secret. */
  static LibsqlAddress of(String named) {
    boolean jdbc = named.toLowerCase(Locale.ROOT).startsWith(JDBC);
    URI uri = uri(jdbc ? named.substring(JDBC.length()) : named);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean plain = scheme.equals("http");
    if (!plain && !scheme.equals("https") && !scheme.equals("libsql")) {
      throw malformed("it begins with neither libsql://, https:// nor http://");
    }
    if (uri.getRawUserInfo() != null) {
      throw secret();
    }
    if (uri.getHost() == null) {
      throw malformed("where the host should stand is none that can be one");
    }
    if (uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw malformed("there is no port " + uri.getPort());
    }
    if (uri.getRawFragment() != null) {
      throw malformed("it goes on behind a #");
    }
    String path = uri.getRawPath();
    if (path != null && !path.isEmpty() && !path.equals("/")) {
      throw malformed("there is a path behind the host; a database's name stands in ?namespace=");
    }
    Optional<String> namespace = Optional.empty();
    for (String part : query(uri)) {
      String name = part.split("=", 2)[0];
      String value =
          part.length() > name.length() ? decoded(part.substring(name.length() + 1)) : "";
      if (name.equals("namespace") && !value.isEmpty()) {
        namespace = Optional.of(value);
      } else if (name.equals("tls") && scheme.equals("libsql") && value.matches("[01]")) {
        plain = value.equals("0");
      } else if (name.toLowerCase(Locale.ROOT).matches(".*(token|password|key|jwt).*")) {
        throw secret();
      } else {
        throw malformed(
            name.matches("[A-Za-z_]{1,20}")
                ? "behind the ? stands '" + name + "', where only namespace=NAME may"
                : "behind the ? only namespace=NAME may stand");
      }
    }
    String authority = uri.getHost().toLowerCase(Locale.ROOT);
    if (uri.getPort() >= 0) {
      authority += ":" + uri.getPort();
    }
    return new LibsqlAddress(URI.create((plain ? "http://" : "https://") + authority), namespace);
  }

  /** What a person calls the database: its namespace, else its host. */
  String name() {
    return namespace.orElseGet(base::getHost);
  }

  /** What names it again. */
  String url() {
    return base
        + namespace
            .map(name -> "?namespace=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
            .orElse("");
  }

  /** What tells it from every other database. */
  String identity() {
    return "libsql:" + place();
  }

  /** The same server's database of another name. */
  LibsqlAddress beside(String other) {
    return new LibsqlAddress(base, Optional.of(other));
  }

  /** Host, port where it is said, and namespace: what a token is kept under. */
  String place() {
    return base.getRawAuthority() + namespace.map(name -> "/" + name).orElse("");
  }

  /** Whether nobody on the way can read along: by TLS, or because there is no way. */
  boolean guarded() {
    return guarded(base);
  }

  /** The same of any address. */
  static boolean guarded(URI address) {
    String host = String.valueOf(address.getHost());
    return "https".equals(address.getScheme())
        || host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9.]+");
  }

  private static String[] query(URI uri) {
    String query = uri.getRawQuery();
    return query == null || query.isEmpty() ? new String[0] : query.split("&");
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
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw malformed("behind a % stand two digits");
    }
  }

  private static CairnException secret() {
    return CairnException.usage("a secret may not stand in a database's URL")
        .hint("pass it in the environment (CAIRN_AUTH_TOKEN, TURSO_AUTH_TOKEN)");
  }

  private static CairnException malformed(String why) {
    return CairnException.usage("not the address of a libSQL database: " + why)
        .hint("libsql://HOST, or http(s)://HOST:PORT with ?namespace=NAME where it has several");
  }
}
