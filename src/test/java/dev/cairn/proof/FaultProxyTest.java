package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.proof.FaultProxy.Fault;
import dev.cairn.proof.FaultProxy.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy that the other tests believe: what it passes on, counts and delays. */
class FaultProxyTest {
  @TempDir Path folder;

  @Test
  void what_passes_is_whole_counted_and_as_late_as_it_is_told() {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"));
        FaultProxy proxy = FaultProxy.before(server.port())) {
      server.namespace("p");
      try (Database database =
          Databases.open(proxy.url("p"), new SqliteDatabase.Options(false, false, false, 1_000))) {
        proxy.resetCounts();
        assertThat(
                database.atomically(
                    AtomicBatch.of(
                        List.of(
                            SqlFragment.of("CREATE TABLE t (x TEXT)"),
                            SqlFragment.of(
                                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                    + " WHERE i < 20000) INSERT INTO t SELECT 'row ' || i FROM"
                                    + " n")))))
            .isInstanceOf(Committed.class);
        // The stream with which it was opened may be closing yet: nobody waits for that.
        assertThat(proxy.requests()).isBetween(1L, 2L);
        assertThat(proxy.sent()).isBetween(300L, 3_000L);
        long rows = 0;
        try (ReadView view = database.view();
            RowStream stream = view.query(SqlFragment.of("SELECT x FROM t"))) {
          while (stream.next()) {
            rows++;
          }
        }
        assertThat(rows).isEqualTo(20_000);
        assertThat(proxy.received()).isGreaterThan(20_000 * 15L);
        proxy.roundTrip(Duration.ofMillis(80));
        long started = System.nanoTime();
        database.atomically(AtomicBatch.of(List.of(SqlFragment.of("DELETE FROM t"))));
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isBetween(Duration.ofMillis(80), Duration.ofMillis(2_000));
        proxy.roundTrip(Duration.ZERO);
        proxy.faults(asked -> Fault.of(Kind.CUT_BEFORE));
        assertThatThrownBy(
                () -> {
                  try (ReadView view = database.view()) {
                    view.number(SqlFragment.of("SELECT count(*) FROM t"));
                  }
                })
            .isInstanceOf(dev.cairn.error.CairnException.class);
        proxy.heal();
      }
    }
  }
}
