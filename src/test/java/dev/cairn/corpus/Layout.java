package dev.cairn.corpus;

import java.util.Locale;
import java.util.Random;

/** Writes a statement the way people do: other blanks, other case, comments in between. */
final class Layout {
  private Layout() {}

  /** The same statement in another layout; none for 0. Knows '…' and "…", and nothing else. */
  static String of(String sql, int seed) {
    if (seed % 4 == 0) {
      return sql;
    }
    Random random = new Random(seed);
    boolean lower = random.nextBoolean();
    StringBuilder out = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (quote == 0 && c == ' ') {
        out.append(blank(random));
      } else {
        out.append(quote == 0 && lower ? String.valueOf(c).toLowerCase(Locale.ROOT) : c);
      }
      if (c == '\'' || c == '"') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    return out.toString();
  }

  private static String blank(Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> "\n  ";
      case 1 -> "  ";
      case 2 -> " /* id = 'it''s' */ ";
      case 3 -> " -- a \"note\n";
      case 4 -> "\t";
      default -> " ";
    };
  }
}
