package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.proof.Spec.End;
import dev.cairn.proof.Spec.Interruption;
import dev.cairn.proof.Spec.Policy;
import dev.cairn.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever the schema, the rows, the mapping, the size of batches and the interruptions: what comes
 * out is what the one statement gives that a person would have written, and every figure is true.
 */
class RandomMigrationProperties {
  private Path folder;
  private int number;

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-proof");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Provide
  Arbitrary<Spec> specs() {
    return Spec.any();
  }

  @Property(tries = 80)
  void in_batches_and_interrupted_it_is_the_one_statement(@ForAll("specs") Spec spec)
      throws Exception {
    isTheOneStatement(spec);
  }

  @Tag("longRounds")
  @Property(tries = 5_000)
  void in_very_many_rounds_it_is_the_one_statement(@ForAll("specs") Spec spec) throws Exception {
    isTheOneStatement(spec);
  }

  private void isTheOneStatement(Spec spec) throws Exception {
    RandomMigration migration = new RandomMigration(spec);
    try {
      isTheOneStatement(migration, spec);
    } catch (AssertionError | RuntimeException | SQLException failed) {
      throw new AssertionError(failed.getMessage() + "\n" + migration, failed);
    }
  }

  private void isTheOneStatement(RandomMigration migration, Spec spec) throws Exception {
    SqliteFile database = new SqliteFile(folder.resolve(++number + ".db"));
    new RandomRows(migration, database).fill();
    SqliteFile oracle = database.copyTo(folder.resolve(number + "-oracle.db"));
    oracle.run(migration.statement());
    BatchTally expected = tally(migration, database);
    try (Engine engine = new Engine(database, migration.plan())) {
      Measured measured = engine.measure();
      assertThat(measured.refused()).describedAs("%s", measured.findings()).isFalse();
      assertThat(measured.total(Lane::expectedRows)).isEqualTo(expected.expected());
      assertThat(measured.total(Lane::alreadyThere))
          .isEqualTo(expected.expected() - expected.inserted());
      SqliteFile before = database.copyTo(folder.resolve(number + "-before.db"));
      Run run = interrupted(engine, engine.start(measured), spec);
      Run done =
          run.status() == RunStatus.SUCCEEDED
              ? run
              : engine.work(run, spec.work().batchRows(), () -> false);
      assertThat(done.tally()).isEqualTo(expected);
      Ledger.addsUp(database, done.id());
      KillLoop.sameRows(oracle.content(RandomMigration.TARGET, "id"), content(database));
      assertThat(database.content("log")).hasSameSizeAs(oracle.content("log"));
      undoIsKnown(migration, before, database, done.tally());
      verified(engine, expected);
      List<List<Object>> after = content(database);
      BatchTally again = engine.apply(1 + spec.work().batchRows() / 2).tally();
      assertThat(again.inserted() + again.replaced()).isZero();
      assertThat(again.identical() + again.kept()).isEqualTo(expected.expected());
      KillLoop.sameRows(after, content(database));
    }
    tidyUp();
  }

  private void tidyUp() throws Exception {
    for (String end : List.of(".db", "-oracle.db", "-before.db")) {
      Files.deleteIfExists(folder.resolve(number + end));
    }
  }

  private static List<List<Object>> content(SqliteFile database) throws SQLException {
    return database.content(RandomMigration.TARGET, "id");
  }

  /** Starts it again and again; each start ends as the scenario says. */
  private static Run interrupted(Engine engine, Run started, Spec spec) {
    Run run = started;
    for (Interruption interruption : spec.work().interruptions()) {
      int[] left = {interruption.batches()};
      try {
        engine.work(
            run,
            spec.work().batchRows(),
            (lane, batch, rows, tally) -> strike(interruption.end(), --left[0]),
            () -> interruption.end() == End.STOPPED && left[0] <= 0);
        return engine.journal().run(run.id());
      } catch (CairnException stopped) {
        assertThat(stopped.code()).isEqualTo("interrupted");
      } catch (IllegalStateException | LinkageError planted) {
        assertThat(planted).hasMessage("planted");
      }
      run = engine.takeOver(engine.journal().run(run.id()));
    }
    return run;
  }

  private static void strike(End end, int left) {
    if (left <= 0 && end == End.FAULT) {
      throw new IllegalStateException("planted");
    }
    if (left <= 0 && end == End.DEATH) {
      throw new LinkageError(
          "planted"); // nobody catches it: the run stays RUNNING, as of a dead process
    }
  }

  /** What the run must say, counted in SQL that has nothing to do with the planner. */
  private static BatchTally tally(RandomMigration migration, SqliteFile database)
      throws SQLException {
    String keys =
        migration.key().stream()
            .map(SqliteFile::quoted)
            .map(key -> "t." + key + " = y." + key)
            .collect(Collectors.joining(" AND "));
    List<String> same = new ArrayList<>(List.of("1"));
    for (String column : migration.compared()) {
      String name = SqliteFile.quoted(column);
      same.add("t.%s IS y.%s COLLATE BINARY".formatted(name, name));
      same.add("typeof(t.%s) = typeof(y.%s)".formatted(name, name));
    }
    List<Object> counts =
        database
            .rows(
                "SELECT (SELECT count(*) FROM yielded), count(*), coalesce(sum(%s), 0) FROM yielded y JOIN %s t ON %s"
                    .formatted(
                        String.join(" AND ", same),
                        SqliteFile.quoted(RandomMigration.TARGET),
                        keys))
            .get(0);
    long all = (Long) counts.get(0);
    long there = (Long) counts.get(1);
    long identical = (Long) counts.get(2);
    boolean replaces = migration.spec().policy() == Policy.REPLACE;
    long other = there - identical;
    return new BatchTally(
        all, all - there, identical, replaces ? 0 : other, replaces ? other : 0, 0);
  }

  /** The journal names every row that the run inserted, replaced or kept, and no other. */
  private static void undoIsKnown(
      RandomMigration migration, SqliteFile before, SqliteFile after, BatchTally tally)
      throws SQLException {
    String target = SqliteFile.quoted(RandomMigration.TARGET);
    String undo = SqliteFile.quoted("cairn_undo_" + RandomMigration.TARGET);
    String keys = RandomMigration.quoted(migration.key());
    boolean numbered =
        after.number("SELECT count(*) FROM cairn_checkpoint WHERE id_from IS NOT NULL") > 0;
    List<List<Object>> were = before.rows("SELECT " + keys + " FROM " + target);
    List<List<Object>> inserted = new ArrayList<>(after.rows("SELECT " + keys + " FROM " + target));
    inserted.removeAll(were);
    List<List<Object>> known =
        numbered
            ? after.rows(
                "SELECT %s FROM %s t JOIN cairn_checkpoint c ON t.id BETWEEN c.id_from AND c.id_to"
                    .formatted(list("t", migration.key()), target))
            : after.rows(
                "SELECT %s FROM (SELECT * FROM %s WHERE cairn_kind = 'inserted') u CROSS JOIN %s t ON %s"
                    .formatted(list("t", migration.key()), undo, target, equal(migration)));
    assertThat(known).containsExactlyInAnyOrderElementsOf(inserted);
    assertThat(after.number("SELECT count(*) FROM " + undo + " WHERE cairn_kind = 'inserted'"))
        .isEqualTo(numbered ? 0 : tally.inserted());
    assertThat(after.number("SELECT count(*) FROM " + undo + " WHERE cairn_kind = 'kept'"))
        .isEqualTo(tally.kept());
    if (tally.replaced() > 0) {
      List<String> columns = after.columns(RandomMigration.TARGET);
      String list = RandomMigration.quoted(columns);
      List<List<Object>> images =
          after.rows("SELECT %s FROM %s WHERE cairn_kind = 'replaced'".formatted(list, undo));
      assertThat(images).hasSize((int) tally.replaced());
      assertThat(before.rows("SELECT " + list + " FROM " + target)).containsAll(images);
    }
  }

  private static String list(String from, List<String> columns) {
    return columns.stream()
        .map(column -> from + "." + SqliteFile.quoted(column))
        .collect(Collectors.joining(", "));
  }

  /**
   * The target's column on the left: the journal's untyped copy is compared as it would be stored.
   */
  private static String equal(RandomMigration migration) {
    return migration.key().stream()
        .map(SqliteFile::quoted)
        .map(key -> "t." + key + " = +u." + key)
        .collect(Collectors.joining(" AND "));
  }

  private static void verified(Engine engine, BatchTally expected) {
    Verification verification = engine.verify();
    if (expected.expected() == 0) {
      assertThat(verification).isNotInstanceOf(Verification.Mismatch.class);
      return;
    }
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    assertThat(
            verification.checks().stream()
                .filter(check -> check.name().equals("rows"))
                .mapToLong(check -> check.kept())
                .sum())
        .isEqualTo(expected.kept());
  }
}
