package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.MigrationQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The digest of a lane's source keys. Whole numbers, as nearly all cursors are, come many in one
 * text: a fifth of the bytes, and a request for 100,000 of them. What is hashed is the keys
 * themselves, one by one, so that a token is the same whichever way they came.
 */
final class SourceKeys {
  private static final int TOGETHER = 100_000;

  private final String cursor;
  private final Function<KeyRange, SqlFragment> source;
  private final Dialect dialect;
  private final int together;

  SourceKeys(String cursor, MigrationQuery query, Dialect dialect) {
    this(cursor, query::fromSource, dialect, TOGETHER);
  }

  /**
   * @param source FROM and WHERE of the rows in a range
   * @param together how many keys one text may hold
   */
  SourceKeys(String cursor, Function<KeyRange, SqlFragment> source, Dialect dialect, int together) {
    this.cursor = cursor;
    this.source = source;
    this.dialect = dialect;
    this.together = together;
  }

  /** The hash of the keys in their order, of any type. */
  String digest(ReadView view, KeyRange all) {
    return inTexts(view, all)
        .orElseGet(
            () ->
                KeyDigest.of(
                    view,
                    SqlFragment.of("SELECT " + cursor)
                        .then(source.apply(all))
                        .then(" ORDER BY " + cursor)));
  }

  /** The first keys of a range, how many they are, and whether all of them are whole numbers. */
  SqlFragment first(KeyRange range) {
    return SqlFragment.of(
            "SELECT "
                + dialect.together("cairn_key")
                + ", count(*), CASE WHEN count(*) = count(*) FILTER (WHERE ")
        .then(
            dialect.isWhole("cairn_key")
                + ") THEN 1 ELSE 0 END FROM (SELECT "
                + cursor
                + " AS cairn_key")
        .then(source.apply(range))
        .then(" ORDER BY " + cursor + " LIMIT " + together + ") AS keys");
  }

  /** Empty where a key is no whole number, where one stands too often, or they lie in no order. */
  private Optional<String> inTexts(ReadView view, KeyRange all) {
    KeyDigest digest = new KeyDigest();
    Optional<Object> after = all.after();
    while (true) {
      List<Object> found = view.row(first(new KeyRange(after, all.upTo())));
      long count = ((Number) found.get(1)).longValue();
      if (((Number) found.get(2)).longValue() != 1) {
        return Optional.empty();
      }
      if (count == 0) {
        return Optional.of(digest.hex());
      }
      long[] keys = numbers(found.get(0).toString(), (int) count);
      // The last of a full text may stand again behind it: it is the next one's.
      int whole = count < together ? keys.length : lastOthers(keys);
      if (whole == 0 || !ascending(keys)) {
        return Optional.empty();
      }
      for (int i = 0; i < whole; i++) {
        digest.add(keys[i]);
      }
      if (count < together) {
        return Optional.of(digest.hex());
      }
      after = Optional.of(keys[whole - 1]);
    }
  }

  private static long[] numbers(String text, int count) {
    long[] numbers = new long[count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      int space = text.indexOf(' ', from);
      int to = space < 0 ? text.length() : space;
      numbers[i] = Long.parseLong(text, from, to, 10);
      from = to + 1;
    }
    if (from != text.length() + 1) {
      throw new IllegalStateException("more keys came than were counted");
    }
    return numbers;
  }

  /** How many come before the first that equals the last. */
  private static int lastOthers(long[] keys) {
    int others = keys.length - 1;
    while (others > 0 && keys[others - 1] == keys[keys.length - 1]) {
      others--;
    }
    return others;
  }

  private static boolean ascending(long[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i - 1] > keys[i]) {
        return false;
      }
    }
    return true;
  }
}
