package dev.cairn.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.KeyRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come many in one text have the digest that they have one by one. */
class SourceKeysTest {
  @TempDir Path folder;
  private int files;

  @Test
  void the_digest_does_not_depend_on_how_the_keys_came() {
    List<List<Object>> cases =
        List.of(
            List.of(),
            List.of(5L),
            List.of(-3L, 0L, 7L),
            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L),
            List.of(1L, 1L, 2L, 2L, 3L, 3L, 3L, 4L, 5L, 5L),
            List.of(1L, 2L, 2L, 2L, 2L, 2L, 3L),
            List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE - 1, Long.MAX_VALUE),
            List.of(1L, 2L, 3L, 3.5, 4L),
            List.of(1L, 2L, 3L, "4", "a b"),
            List.of(1L, "1", "1 1"));
    Set<String> digests = new HashSet<>();
    for (List<Object> keys : cases) {
      try (Database database = with(keys);
          ReadView view = database.view()) {
        KeyRange all = KeyRange.upTo("zzz");
        String oneByOne =
            KeyDigest.of(view, SqlFragment.of("SELECT c").then(from(all)).then(" ORDER BY c"));
        for (int together : new int[] {1, 2, 3, 4, 1_000}) {
          SourceKeys source =
              new SourceKeys("c", SourceKeysTest::from, database.dialect(), together);
          assertThat(source.digest(view, all)).as("%s by %d", keys, together).isEqualTo(oneByOne);
        }
        digests.add(oneByOne);
      }
    }
    assertThat(digests).hasSameSizeAs(cases);
  }

  private Database with(List<Object> keys) {
    Database database =
        SqliteDatabase.open(
            folder.resolve("keys-" + files++ + ".db"),
            new SqliteDatabase.Options(true, false, false, 5_000));
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(SqlFragment.of("CREATE TABLE s (c)"));
    // From the last to the first: the order is the query's to make.
    for (int i = keys.size() - 1; i >= 0; i--) {
      statements.add(SqlFragment.of("INSERT INTO s VALUES (?)", keys.get(i)));
    }
    assertThat(database.atomically(AtomicBatch.of(statements))).isInstanceOf(Committed.class);
    return database;
  }

  private static SqlFragment from(KeyRange range) {
    SqlFragment all = SqlFragment.of(" FROM s WHERE c <= ?", range.upTo());
    return range.after().map(after -> all.then(" AND c > ?", after)).orElse(all);
  }
}
