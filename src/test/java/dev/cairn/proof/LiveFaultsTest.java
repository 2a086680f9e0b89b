package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.batch.StopSignal;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.proof.FaultProxy.Asked;
import dev.cairn.proof.FaultProxy.Fault;
import dev.cairn.proof.FaultProxy.Kind;
import dev.cairn.proof.WarmCairn.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads, and what is there, when a server or the way to it fails at a batch. */
class LiveFaultsTest {
  private static final String PLAN =
      """
      cairn: 1
      name: copy
      source: { table: src, cursor: id }
      target: { table: dst, key: [id] }
      on_conflict: keep
      columns: { id: id, v: v }
      """;

  @TempDir static Path folder;
  private static SqldServer server;
  private static int count;

  private FaultProxy proxy;
  private String name;

  @BeforeAll
  static void start() throws IOException {
    server = SqldServer.start(folder.resolve("sqld"));
    Files.writeString(folder.resolve("copy.yaml"), PLAN);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void sixty_rows() {
    name = "f" + count++;
    server.namespace(name);
    proxy = FaultProxy.before(server.port());
    try (Database database = open(server.url(name))) {
      assertThat(
              database.atomically(
                  AtomicBatch.of(
                      List.of(
                          SqlFragment.of("CREATE TABLE src (id INTEGER PRIMARY KEY, v INTEGER)"),
                          SqlFragment.of("CREATE TABLE dst (id INTEGER PRIMARY KEY, v INTEGER)"),
                          SqlFragment.of(
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                  + " WHERE i < 60) INSERT INTO src SELECT i, i * 2 FROM n")))))
          .isInstanceOf(Committed.class);
    }
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void whoever_loses_an_answer_reads_that_the_batch_was_committed() throws IOException {
    Ended ended = apply(nth(3, Fault.status(Kind.STATUS_AFTER, 502)));
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(ended.err())
        .contains("the server didn't answer (HTTP 502", "checking ...")
        .contains("batch 3 was committed")
        .doesNotContain("\tat ");
    isWhole();
  }

  @Test
  void one_that_never_came_to_the_server_is_run_again() throws IOException {
    Ended ended = apply(nth(2, Fault.of(Kind.CUT_BEFORE)));
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(ended.err()).contains("batch 2 was not committed");
    isWhole();
  }

  @Test
  void an_answer_that_never_comes_is_not_waited_for() throws IOException {
    Ended ended = apply(nth(2, Fault.of(Kind.HOLD_AFTER)));
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(ended.err()).contains("no answer in 2 s", "batch 2 was committed");
    isWhole();
  }

  @Test
  void a_request_that_comes_twice_changes_nothing_more() throws IOException {
    Ended ended = apply(asked -> asked.isBatch() ? Fault.of(Kind.TWICE) : Fault.NONE);
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    isWhole();
  }

  @Test
  void who_asks_too_much_is_served_after_a_while() throws IOException {
    AtomicInteger refused = new AtomicInteger();
    Ended ended =
        apply(
            asked ->
                asked.isRunBatch() && refused.incrementAndGet() <= 3
                    ? Fault.status(Kind.STATUS_BEFORE, 429)
                    : Fault.NONE);
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    isWhole();
  }

  @Test
  void what_is_not_allowed_is_not_tried_again() throws IOException {
    AtomicInteger batches = new AtomicInteger();
    Ended ended =
        apply(
            asked ->
                asked.isRunBatch() && batches.incrementAndGet() > 0
                    ? Fault.status(Kind.STATUS_BEFORE, 401)
                    : Fault.NONE);
    assertThat(ended.code()).describedAs(ended.err()).isEqualTo(1);
    assertThat(batches).hasValue(1);
    assertThat(number("SELECT count(*) FROM dst")).isZero();
  }

  @Test
  void a_server_that_stays_away_ends_the_run_with_what_is_done_and_resume_goes_on()
      throws IOException {
    AtomicInteger batches = new AtomicInteger();
    Ended ended =
        apply(
            asked -> {
              boolean away = asked.isRunBatch() ? batches.incrementAndGet() > 2 : batches.get() > 2;
              return away ? Fault.of(Kind.CUT_BEFORE) : Fault.NONE;
            });
    assertThat(ended.code()).describedAs(ended.err()).isEqualTo(7);
    assertThat(ended.err())
        .contains("could not be found out", "20 source rows are done (up to 20), 40 are left")
        .contains("`resume 1`")
        .doesNotContain("\tat ");
    proxy.heal();
    Ended resumed = cairn("set batch_rows 10", "resume");
    assertThat(resumed.code()).describedAs(resumed.err()).isZero();
    isWhole();
  }

  @Test
  void a_typed_change_whose_answer_got_lost_is_found_by_its_run() throws IOException {
    AtomicInteger commits = new AtomicInteger();
    proxy.faults(
        asked ->
            isCommit(asked) && commits.incrementAndGet() == 1
                ? Fault.of(Kind.CUT_AFTER)
                : Fault.NONE);
    Ended done = cairn("UPDATE src SET v = v + 1 WHERE id <= 7");
    assertThat(done.code()).describedAs(done.err()).isZero();
    assertThat(commits.get()).isPositive();
    assertThat(number("SELECT count(*) FROM src WHERE v = id * 2 + 1")).isEqualTo(7);
    commits.set(0);
    proxy.faults(
        asked ->
            isCommit(asked) && commits.incrementAndGet() == 1
                ? Fault.of(Kind.CUT_BEFORE)
                : Fault.NONE);
    Ended lost = cairn("UPDATE src SET v = v + 1 WHERE id <= 7");
    assertThat(lost.code()).describedAs(lost.err()).isEqualTo(6);
    assertThat(lost.err()).contains("nothing was changed");
    assertThat(number("SELECT count(*) FROM src WHERE v = id * 2 + 1")).isEqualTo(7);
  }

  /** Before a change is journalled Cairn looks at what only its own connection knows. */
  @Test
  void a_typed_change_is_not_made_without_its_run_where_an_answer_before_it_gets_lost()
      throws IOException {
    for (int lost = 1; lost <= 3; lost++) {
      AtomicInteger looks = new AtomicInteger();
      int wanted = lost;
      proxy.faults(
          asked ->
              asked.body().contains("temp.sqlite_schema") && looks.incrementAndGet() == wanted
                  ? Fault.of(Kind.CUT_AFTER)
                  : Fault.NONE);
      Ended ended = cairn("UPDATE src SET v = v + 1 WHERE id <= 7");
      proxy.heal();
      assertThat(looks).hasValueGreaterThanOrEqualTo(Math.min(wanted, 2));
      if (ended.code() == 0) {
        assertThat(number("SELECT sum(updated) FROM cairn_checkpoint")).isEqualTo(7);
      } else {
        assertThat(ended.code()).describedAs(ended.err()).isEqualTo(6);
        assertThat(number("SELECT count(*) FROM src WHERE v <> id * 2")).isZero();
      }
    }
  }

  @Test
  void half_of_a_transaction_is_not_committed_where_an_answer_within_it_gets_lost()
      throws IOException {
    for (int lost = 0; lost <= 6; lost++) {
      AtomicInteger looks = new AtomicInteger();
      int wanted = Math.max(1, lost);
      boolean begin = lost == 0;
      proxy.faults(
          asked ->
              (begin ? isBegin(asked) : asked.body().contains("temp.sqlite_schema"))
                      && looks.incrementAndGet() == wanted
                  ? Fault.of(Kind.CUT_AFTER)
                  : Fault.NONE);
      String[] lines = {
        "BEGIN", "UPDATE src SET v = 0 WHERE id <= 7", "INSERT INTO dst VALUES (1, 1)", "COMMIT"
      };
      Ended ended = cairn(List.of("--yes", "--keep-going"), lines);
      proxy.heal();
      assertThat(looks).hasValueGreaterThanOrEqualTo(wanted);
      assertThat(ended.code()).describedAs(ended.err()).isIn(1, 6);
      assertThat(number("SELECT count(*) FROM src WHERE v = 0")).isZero();
      assertThat(number("SELECT count(*) FROM dst")).isZero();
    }
  }

  @Test
  void a_run_whose_number_somebody_else_took_meanwhile_gets_the_next() throws IOException {
    AtomicInteger stored = new AtomicInteger();
    Ended ended =
        apply(
            asked -> {
              boolean stores = asked.isBatch() && asked.body().contains("INSERT INTO cairn_run");
              if (stores && stored.incrementAndGet() == 1) {
                String another = PLAN.replace("name: copy", "name: another");
                try (Engine other = new Engine(open(server.url(name)), another)) {
                  other.start(other.measure());
                }
              }
              return Fault.NONE;
            });
    assertThat(stored).hasValueGreaterThan(1);
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(number("SELECT count(*) FROM dst")).isEqualTo(60);
    assertThat(number("SELECT run FROM cairn_run WHERE plan = 'copy'")).isEqualTo(2);
  }

  /** The second try finds the column that the first one added. */
  @Test
  void a_run_whose_undo_table_gets_a_column_is_stored_once() throws IOException {
    cairn("ALTER TABLE src ADD COLUMN w INTEGER", "UPDATE src SET v = v + 1 WHERE id <= 7");
    String planning = "plan DELETE FROM src WHERE id <= 7";
    String token = token(cairn(planning));
    AtomicInteger added = new AtomicInteger();
    proxy.faults(
        asked ->
            asked.isBatch() && asked.body().contains("ADD COLUMN") && added.incrementAndGet() == 1
                ? Fault.of(Kind.CUT_AFTER)
                : Fault.NONE);
    Ended ended = cairn(List.of("--plan", token), planning, "apply");
    assertThat(added).hasValueGreaterThan(1);
    assertThat(ended.code()).describedAs(ended.err()).isZero();
    assertThat(number("SELECT count(*) FROM src")).isEqualTo(53);
    assertThat(number("SELECT count(*) FROM cairn_run")).isEqualTo(2);
  }

  @Test
  void a_sleeper_whose_run_was_taken_over_and_a_second_apply_write_nothing() {
    try (Engine sleeper = new Engine(open(proxy.url(name)), PLAN);
        Engine other = new Engine(open(server.url(name)), PLAN)) {
      Run slept = sleeper.start(sleeper.measure());
      CairnException second =
          catchThrowableOfType(CairnException.class, () -> other.start(other.measure()));
      assertThat(second.exit()).isEqualTo(ExitCode.STOPPED);
      assertThat(second).hasMessageContaining("belongs to process " + slept.owner().pid());
      int[] batches = {0};
      CairnException stopped =
          catchThrowableOfType(
              CairnException.class,
              () ->
                  sleeper.work(
                      slept,
                      10,
                      (lane, batch, rows, tally) -> {
                        if (++batches[0] == 2) {
                          other.takeOver(other.journal().run(slept.id()));
                        }
                      },
                      StopSignal.NEVER));
      assertThat(stopped.code()).isEqualTo("taken-over");
      assertThat(number("SELECT count(*) FROM dst")).isEqualTo(20);
      other.work(other.takeOver(other.journal().run(slept.id())), 10, StopSignal.NEVER);
    }
    isWhole();
  }

  private static boolean isBegin(Asked asked) {
    return asked.body().contains("\"BEGIN\"") && asked.body().contains("\"SELECT 1\"");
  }

  private static boolean isCommit(Asked asked) {
    // A look at the journal ends with a COMMIT too, but asks nothing behind it.
    return asked.body().contains("\"COMMIT\"")
        && asked.body().contains("\"SELECT 1\"")
        && !asked.isBatch();
  }

  /** The fault for the n-th batch of the run. */
  private static Function<Asked, Fault> nth(int wanted, Fault fault) {
    AtomicInteger batches = new AtomicInteger();
    return asked -> asked.isRunBatch() && batches.incrementAndGet() == wanted ? fault : Fault.NONE;
  }

  private Ended apply(Function<Asked, Fault> faults) throws IOException {
    String token = token(cairn("plan migrate copy"));
    proxy.faults(faults);
    Ended ended =
        cairn(List.of("--plan", token), "set batch_rows 10", "plan migrate copy", "apply");
    proxy.heal();
    return ended;
  }

  private static String token(Ended planned) throws IOException {
    String last = planned.out().lines().reduce((before, line) -> line).orElseThrow();
    return new ObjectMapper().readTree(last).path("token").asText();
  }

  private Ended cairn(String... lines) throws IOException {
    return cairn(List.of("--yes"), lines);
  }

  private Ended cairn(List<String> options, String... lines) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--plans", folder.toString()));
    arguments.addAll(List.of("--format", "json"));
    arguments.addAll(options);
    arguments.addAll(List.of("-c", "set busy_timeout 160", "-c", "open " + proxy.url(name)));
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    return WarmCairn.shared().run(arguments.toArray(String[]::new));
  }

  private void isWhole() {
    assertThat(number("SELECT count(*) FROM dst WHERE v = id * 2")).isEqualTo(60);
    assertThat(number("SELECT count(*) FROM cairn_run")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM cairn_run WHERE status = 'SUCCEEDED'")).isEqualTo(1);
    assertThat(number("SELECT sum(inserted) FROM cairn_checkpoint")).isEqualTo(60);
  }

  private long number(String query) {
    try (Database database = open(server.url(name));
        ReadView view = database.view()) {
      return view.number(SqlFragment.of(query));
    }
  }

  private static Database open(String url) {
    return Databases.open(url, new SqliteDatabase.Options(false, false, false, 160));
  }
}
