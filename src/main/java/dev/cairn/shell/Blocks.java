package dev.cairn.shell;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What bars are drawn with.
 *
 * @param opening before the bar
 * @param full a part that is done
 * @param empty a part that isn't
 * @param closing behind the bar
 */
record Blocks(String opening, String full, String empty, String closing) {
  static final Blocks UNICODE = new Blocks("", "█", "░", "");
  static final Blocks ASCII = new Blocks("[", "#", "-", "]");

  /**
   * Blocks that the person's locale has. The launcher says which it was, since it gives Java
   * another where that one has no UTF-8.
   */
  static Blocks of(String charmap, Map<String, String> environment) {
    String said =
        charmap != null
            ? charmap
            : Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    return said.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8") ? UNICODE : ASCII;
  }

  /** A bar of so many columns. */
  String bar(int columns, long done, long total) {
    int inside = Math.max(0, columns - opening.length() - closing.length());
    double share = total <= 0 ? 1 : Math.max(0, Math.min(1, done / (double) total));
    int filled = (int) (share * inside);
    return opening + full.repeat(filled) + empty.repeat(inside - filled) + closing;
  }
}
