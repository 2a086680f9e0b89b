package dev.cairn.database;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One order of values for all engines, which {@link dev.cairn.dialect.Dialect#binaryOrder} asks
 * them for: NULL, truth values, numbers by value, texts by code point (as their UTF-8 bytes),
 * blobs. No collation has a say. 1 and 1.0 stand in one place of that order, as they do for the
 * engines; {@link #keys} tells them apart behind everything else.
 */
public final class ValueOrder implements Comparator<Object> {
  /** The order. */
  public static final ValueOrder BINARY = new ValueOrder();

  private static final int TEXT = 3;

  private ValueOrder() {}

  @Override
  public int compare(Object left, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return Long.compare(one, other);
    }
    if (left instanceof String one && right instanceof String other) {
      return texts(one, other);
    }
    int rank = rank(left);
    int byRank = Integer.compare(rank, rank(right));
    return byRank != 0 || left == null ? byRank : sameRank(rank, left, right);
  }

  /**
   * Compares the first values of two rows. Only where all of them are equal as the engines see them
   * do types decide, in the order in which {@link KeyedRows} asks for them.
   */
  public static int keys(Object[] left, Object[] right, int width) {
    for (int i = 0; i < width; i++) {
      int order = BINARY.compare(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    for (int i = 0; i < width; i++) {
      if (left[i] instanceof Number one && right[i] instanceof Number other) {
        int order = Integer.compare(kind(one), kind(other));
        if (order != 0) {
          return order;
        }
      }
    }
    return 0;
  }

  /** Whether two values are the same: in value, null and type. */
  public static boolean same(Object left, Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Double one && right instanceof Double other) {
      return one.doubleValue() == other.doubleValue() || one.equals(other);
    }
    if (left instanceof byte[] one) {
      return right instanceof byte[] other && Arrays.equals(one, other);
    }
    if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
      return one.compareTo(other) == 0;
    }
    return left.equals(right);
  }

  private static int sameRank(int rank, Object left, Object right) {
    return switch (rank) {
      case 1 -> Boolean.compare((Boolean) left, (Boolean) right);
      case 2 -> numbers((Number) left, (Number) right);
      case TEXT -> Arrays.compareUnsigned(bytes(left), bytes(right));
      default -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
    };
  }

  private static int rank(Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof Boolean) {
      return 1;
    }
    if (value instanceof Number) {
      return 2;
    }
    return value instanceof byte[] ? 4 : TEXT;
  }

  private static int numbers(Number left, Number right) {
    if (left instanceof Double one && right instanceof Double other) {
      // -0.0 is 0.0 to the engines
      return one.doubleValue() == other.doubleValue() ? 0 : Double.compare(one, other);
    }
    if (isEndless(left) || isEndless(right)) {
      return Double.compare(left.doubleValue(), right.doubleValue());
    }
    return exact(left).compareTo(exact(right)); // as a double 2^53 + 1 would be 2^53
  }

  private static boolean isEndless(Number number) {
    return number instanceof Double value && (value.isInfinite() || value.isNaN());
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Double value
        ? new BigDecimal(value)
        : BigDecimal.valueOf(number.longValue());
  }

  private static int kind(Number number) {
    if (number instanceof Double) {
      return 2;
    }
    return number instanceof BigDecimal ? 1 : 0;
  }

  private static byte[] bytes(Object text) {
    return text instanceof RawText raw
        ? raw.bytes()
        : text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** By code point: as UTF-16 units, what lies beyond U+FFFF would come before U+E000. */
  private static int texts(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        boolean both = Character.isSurrogate(one) == Character.isSurrogate(other);
        return both ? Character.compare(one, other) : beyond(one) - beyond(other);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static int beyond(char unit) {
    return Character.isSurrogate(unit) ? Character.MAX_VALUE + 1 : unit;
  }
}
