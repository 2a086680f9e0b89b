package dev.cairn.command;

import java.math.BigInteger;
import java.util.Comparator;

/** The order in which a person would put names with numbers in them: 2_a before 10_b. */
final class NaturalOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int l = 0;
    int r = 0;
    while (l < left.length() && r < right.length()) {
      int order;
      int lEnd = endOfDigits(left, l);
      int rEnd = endOfDigits(right, r);
      if (lEnd > l && rEnd > r) {
        order =
            new BigInteger(left.substring(l, lEnd))
                .compareTo(new BigInteger(right.substring(r, rEnd)));
        l = lEnd;
        r = rEnd;
      } else {
        order = Character.compare(left.charAt(l++), right.charAt(r++));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(left.length() - l, right.length() - r);
    return rest != 0 ? rest : left.compareTo(right);
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
