package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.StopSignal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Batching;
import dev.cairn.verify.ChangeVerifier;
import dev.cairn.verify.Verification.Verified;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tables, rows and changes: whatever way a change is cut, it leaves what the statement alone
 * would have left, and its journal leads back to the start.
 */
class RandomChangesTest {
  private static final int TABLES = 60;

  private static final List<String> KEYS =
      List.of(
          "k1 INTEGER PRIMARY KEY, k2 TEXT",
          "k1 INTEGER NOT NULL, k2 TEXT NOT NULL, PRIMARY KEY (k2, k1)",
          "k1 NOT NULL, k2 TEXT COLLATE NOCASE NOT NULL, PRIMARY KEY (k1, k2)",
          "k1 BLOB NOT NULL, k2 INTEGER, UNIQUE (k1)",
          "k1 REAL NOT NULL, k2 NUMERIC NOT NULL, PRIMARY KEY (k1, k2)",
          "k1 TEXT, k2 INTEGER",
          "k1 TEXT PRIMARY KEY, k2 INTEGER");

  private static final List<String> CHANGES =
      List.of(
          "UPDATE t SET v = v + 1",
          "UPDATE t SET v = w, w = v WHERE n % 3 <> 1",
          "UPDATE t SET v = NULL, w = 1 WHERE v IS NOT NULL",
          "UPDATE t SET s = s || '.' || n WHERE n > 20",
          "UPDATE t SET r = n, s = upper(s) WHERE typeof(v) = 'text' OR n IN (SELECT n FROM o)",
          "UPDATE t SET v = (SELECT max(o.n) FROM o WHERE o.n < t.n) WHERE n < 70",
          "UPDATE t SET v = (SELECT count(*) FROM t AS i WHERE i.n < t.n)",
          "UPDATE t SET (v, w) = (w, s) WHERE n % 2",
          "UPDATE t SET v = o.n * 2 FROM o WHERE o.n = t.n",
          "UPDATE t SET k2 = k2 WHERE n < 30",
          "DELETE FROM t",
          "DELETE FROM t WHERE n % 4 = 0",
          "DELETE FROM t WHERE (SELECT count(*) FROM t) > 40",
          "DELETE FROM t WHERE EXISTS (SELECT 1 FROM o WHERE o.n = t.n)",
          "DELETE FROM t WHERE v IS NULL OR w > 'm'");

  @TempDir Path folder;

  @Test
  void a_change_in_batches_is_the_change_of_its_statement() throws Exception {
    long seed = System.nanoTime();
    System.out.println("random changes: seed " + seed);
    Random random = new Random(seed);
    int cut = 0;
    for (int i = 0; i < TABLES; i++) {
      SqliteFile fresh = new SqliteFile(folder.resolve("fresh" + i + ".db"));
      String sql = CHANGES.get(random.nextInt(CHANGES.size()));
      String key = KEYS.get(random.nextInt(KEYS.size()));
      make(fresh, key, random);
      SqliteFile alone = fresh.copyTo(folder.resolve("alone" + i + ".db"));
      alone.run(sql);
      for (Batching batching : Batching.values()) {
        SqliteFile file = fresh.copyTo(folder.resolve(batching + "" + i + ".db"));
        cut += compared(file, fresh, alone, sql, batching, 1 + random.nextInt(30), key) ? 1 : 0;
      }
    }
    assertThat(cut).isGreaterThan(TABLES);
  }

  /** True where it could be cut this way. */
  private static boolean compared(
      SqliteFile file,
      SqliteFile fresh,
      SqliteFile alone,
      String sql,
      Batching batching,
      int batchRows,
      String key)
      throws Exception {
    String what = sql + " on (" + key + "), " + batching + " by " + batchRows;
    try (ChangeEngine engine = new ChangeEngine(file)) {
      if (engine.step(sql).batching().compareTo(batching) > 0) {
        return false;
      }
      Run started = engine.start(sql, batching);
      Run run = engine.work(sql, started, batchRows, BatchListener.NONE, StopSignal.NEVER);
      assertThat(run.status()).describedAs(what).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(file.content("t")).describedAs(what).isEqualTo(alone.content("t"));
      boolean any = run.tally().written() > 0;
      if (any) {
        assertThat(new ChangeVerifier(engine.database()).verify(run))
            .describedAs(what)
            .isInstanceOf(Verified.class);
      }
      Backwards.apply(file, run.id());
      assertThat(file.content("t")).describedAs(what).isEqualTo(fresh.content("t"));
      return any;
    }
  }

  private static void make(SqliteFile file, String key, Random random) throws SQLException {
    boolean strict = random.nextInt(4) == 0 && key.matches("[^,]*(INTEGER|TEXT|BLOB|REAL) .*");
    boolean strictable = strict && !key.contains("NUMERIC") && !key.startsWith("k1 NOT");
    boolean rowless = key.contains("PRIMARY KEY") && random.nextBoolean();
    boolean generates = random.nextInt(3) == 0;
    String options =
        (strictable ? "STRICT" : "")
            + (strictable && rowless ? ", " : "")
            + (rowless ? "WITHOUT ROWID" : "");
    String type = strictable ? "ANY" : "";
    file.run(
        "CREATE TABLE t ("
            + head(key)
            + ", n INTEGER, v "
            + type
            + ", w "
            + type
            + ", s TEXT, r REAL"
            + (generates ? ", g " + type + " AS (n * 2) STORED, h " + type + " AS (s || 'h')" : "")
            + tail(key)
            + ") "
            + options,
        "CREATE TABLE o (n INTEGER PRIMARY KEY)",
        "INSERT INTO o VALUES (3), (5), (8), (13), (21), (34), (55), (89)",
        random.nextBoolean() ? "CREATE INDEX t_v ON t (v)" : "SELECT 1");
    try (Connection connection = file.connect();
        Statement begin = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT OR IGNORE INTO t (k1, k2, n, v, w, s, r) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      begin.execute("BEGIN");
      int rows = 20 + random.nextInt(90);
      for (int n = 1; n <= rows; n++) {
        List<Object> row = new ArrayList<>();
        row.add(keyValue(key, "k1", n, random));
        row.add(keyValue(key, "k2", n, random));
        row.add((long) n);
        row.add(value(random));
        row.add(value(random));
        row.add(random.nextInt(5) == 0 ? null : "s" + random.nextInt(50));
        row.add(random.nextInt(5) == 0 ? null : random.nextInt(9) / 2.0);
        SqliteFile.bind(insert, row.toArray());
        insert.executeUpdate();
      }
      begin.execute("COMMIT");
    }
  }

  private static String head(String key) {
    int at = tailAt(key);
    return at < 0 ? key : key.substring(0, at);
  }

  private static String tail(String key) {
    int at = tailAt(key);
    return at < 0 ? "" : key.substring(at);
  }

  private static int tailAt(String key) {
    return Math.max(key.indexOf(", PRIMARY KEY ("), key.indexOf(", UNIQUE ("));
  }

  private static Object keyValue(String key, String column, int n, Random random) {
    String declared = key.substring(key.indexOf(column) + 2).strip();
    if (declared.startsWith("INTEGER") || declared.startsWith("NUMERIC")) {
      return (long) (n % 2 == 0 ? n : -n);
    }
    if (declared.startsWith("REAL")) {
      return n / 4.0;
    }
    if (declared.startsWith("BLOB")) {
      return new byte[] {(byte) n, (byte) random.nextInt()};
    }
    if (declared.startsWith("TEXT")) {
      return (n % 2 == 0 ? "K" : "k") + (char) ('a' + n % 26) + n;
    }
    return switch (n % 4) {
      case 0 -> (long) n;
      case 1 -> n + 0.5;
      case 2 -> "t" + n;
      default -> new byte[] {(byte) n};
    };
  }

  private static Object value(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> null;
      case 1 -> random.nextLong();
      case 2 -> random.nextGaussian();
      case 3 -> "v" + random.nextInt(9);
      case 4 -> new byte[] {(byte) random.nextInt()};
      case 5 -> "";
      default -> (long) random.nextInt(5);
    };
  }
}
