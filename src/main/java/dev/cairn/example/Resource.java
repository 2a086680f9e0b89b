package dev.cairn.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts that come with this package. */
final class Resource {
  private Resource() {}

  static List<String> lines(String name) {
    return text(name).lines().toList();
  }

  /** The statements of a script, each of which ends with a semicolon at the end of a line. */
  static List<String> statements(String name) {
    return List.of(text(name).split(";\n+", 0)).stream().filter(part -> !part.isBlank()).toList();
  }

  private static String text(String name) {
    try (InputStream stream = Resource.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
