package dev.cairn.shell;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows lines that the history must not keep. In doubt a line is not kept. */
final class Secrets {
  private static final List<String> WORDS =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "token",
          "jwt",
          "apikey",
          "api_key",
          "credential",
          "pragma key",
          "pragma rekey");
  private static final List<String> VALUES = List.of("'", "\"", "$", "=", "://");

  /** What tokens of servers look like, wherever one stands. */
  private static final Pattern JWT =
      Pattern.compile("eyj[a-z0-9_-]{6,}\\.[a-z0-9_-]+\\.[a-z0-9_-]*");

  private Secrets() {}

  /** Whether a line gives a password, a token or a secret, as a literal or in a URL. */
  static boolean in(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    boolean named = WORDS.stream().anyMatch(lower::contains);
    return (named && VALUES.stream().anyMatch(lower::contains))
        || JWT.matcher(lower).find()
        || hasUserInUrl(lower);
  }

  /** {@code scheme://user:password@host}. */
  private static boolean hasUserInUrl(String line) {
    int authority = line.indexOf("://");
    while (authority >= 0) {
      int from = authority + 3;
      int at = from;
      boolean colon = false;
      while (at < line.length() && "/ \t\n'\"?#".indexOf(line.charAt(at)) < 0) {
        colon |= line.charAt(at) == ':';
        if (line.charAt(at) == '@' && colon) {
          return true;
        }
        at++;
      }
      authority = line.indexOf("://", from);
    }
    return false;
  }
}
