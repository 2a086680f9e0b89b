package dev.cairn.command;

import dev.cairn.analysis.CheckNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The page of one check, as it stands in {@code docs/checks}: what is wrong, what is right, and
 * why.
 *
 * @param name the check's name as in the contract
 * @param text the page in Markdown
 */
record CheckPage(String name, String text) {
  /** Every check, in the order in which a person is told of them. */
  static List<CheckPage> all() {
    return CheckNames.all().stream().map(CheckPage::read).toList();
  }

  /** The page of the check of that name, whatever its case. */
  static Optional<CheckPage> of(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return CheckNames.all().contains(folded) ? Optional.of(read(folded)) : Optional.empty();
  }

  private static CheckPage read(String name) {
    try (InputStream page = CheckPage.class.getResourceAsStream("checks/" + name + ".md")) {
      return new CheckPage(name, new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page's first sentence. */
  String summary() {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .orElse("");
  }

  /** The page without its title and its marks: SQL is indented instead of fenced. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean sql = false;
    for (String line : text.lines().skip(2).toList()) {
      if (line.startsWith("```")) {
        sql = !sql;
      } else if (sql) {
        lines.add("    " + line);
      } else {
        lines.add(line.startsWith("## ") ? line.substring(3).toUpperCase(Locale.ROOT) : line);
      }
    }
    return lines;
  }
}
