package dev.cairn.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a server calls a copy: whose it is for people, and a sum over source, name and time, so that
 * nothing is dropped by a manifest that belongs to something else. Small letters, digits and
 * dashes, fewer than 64: what every server takes.
 */
final class ServerCopyName {
  static final String PREFIX = "cairn-";
  private static final int LONGEST_PART = 20;

  private ServerCopyName() {}

  /**
   * @param source the identity of the database that is copied
   * @param sourceName what a person calls it
   */
  static String of(String source, String sourceName, String snapshot, Instant created) {
    return PREFIX
        + part(sourceName)
        + "-"
        + part(snapshot)
        + "-"
        + sum(source + "\n" + snapshot + "\n" + created);
  }

  /** Whether a manifest's copy bears the name that such a snapshot's must have. */
  static boolean fits(String snapshot, Manifest manifest) {
    String name = of(manifest.source(), manifest.sourceName(), snapshot, manifest.created());
    return manifest.onServer().filter(copy -> copy.name().equals(name)).isPresent();
  }

  private static String part(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String bare = plain.replaceAll("^-+", "");
    String shortened = bare.length() > LONGEST_PART ? bare.substring(0, LONGEST_PART) : bare;
    return shortened.isEmpty() ? "x" : shortened.replaceAll("-+$", "");
  }

  private static String sum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
