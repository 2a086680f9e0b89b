package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs a plan in a process of its own, kills that process at a random moment, runs it again, until
 * the run is complete; and again on a fresh copy until enough kills have landed between a run's
 * first and last commit.
 */
final class KillLoop {
  private static final String UNFINISHED_LANES =
      "SELECT count(*) FROM cairn_lane l WHERE expected_rows > (SELECT coalesce(sum(expected), 0)"
          + " FROM cairn_checkpoint c WHERE c.run = l.run AND c.lane = l.lane)";
  private static final String HAS_JOURNAL =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_checkpoint'";
  private static final int MOST_CHECKPOINTS_BETWEEN_KILLS = 9;

  private final Path folder;
  private final Case work;
  private final Random random;
  private final List<Landing> landings = new ArrayList<>();

  /**
   * What is killed.
   *
   * @param plan the plan's name
   * @param plans the folder of its file
   * @param fresh the database before the plan
   * @param target the table it writes
   * @param number the target's column that the database numbers by itself, "" where it has none
   * @param batchRows source rows a batch
   */
  record Case(
      String plan, Path plans, SqliteFile fresh, String target, String number, int batchRows) {}

  /** Where a kill landed: the last batch that is durable, and whether one was half done. */
  record Landing(long lane, Object value, long batch, boolean midBatch) {}

  KillLoop(Path folder, Case work, long seed) {
    this.folder = folder;
    this.work = work;
    this.random = new Random(seed);
    System.out.printf("kill loop of %s, batches of %d: seed %d%n", work.plan, work.batchRows, seed);
  }

  /** Kills until so many kills count; fails where what comes out isn't what a quiet run gives. */
  List<Landing> kill(int wanted) throws Exception {
    return kill(wanted, Set.of());
  }

  /** The same, and until kills landed behind each of these lanes. */
  List<Landing> kill(int wanted, Set<Long> lanes) throws Exception {
    List<List<Object>> undisturbed = undisturbed();
    while (landings.size() < wanted
        || !landings.stream().map(Landing::lane).collect(Collectors.toSet()).containsAll(lanes)) {
      SqliteFile database = work.fresh.copyTo(folder.resolve("killed.db"));
      killUntilComplete(database);
      Ledger.addsUp(database, Ledger.newestRun(database, work.plan));
      assertThat(Ledger.newestRun(database, work.plan)).isEqualTo(1);
      sameRows(undisturbed, database.content(work.target, work.number));
      assertThat(Ledger.sum(database, 1, "inserted"))
          .isEqualTo(count(database) - count(work.fresh));
      assertThat(database.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      assertThat(database.rows("PRAGMA foreign_key_check")).isEmpty();
      exits(0, database, "-c", "verify " + work.plan);
    }
    return landings;
  }

  private List<List<Object>> undisturbed() throws Exception {
    SqliteFile quiet = work.fresh.copyTo(folder.resolve("quiet.db"));
    exits(0, quiet, "-c", "plan migrate " + work.plan, "-c", "apply");
    Ledger.addsUp(quiet, 1);
    return quiet.content(work.target, work.number);
  }

  private void killUntilComplete(SqliteFile database) throws Exception {
    boolean begun = false;
    while (true) {
      FileTime leftBehind = journalTime(database);
      List<String> arguments = new ArrayList<>(List.of("-c", "set batch_rows " + work.batchRows));
      arguments.addAll(List.of("-c", "set pace full"));
      if (begun && random.nextInt(3) == 0) {
        arguments.addAll(List.of("-c", "resume"));
      } else {
        arguments.addAll(List.of("-c", "plan migrate " + work.plan, "-c", "apply"));
      }
      try (CairnChild child = start(database, arguments)) {
        waitForTheMoment(child, database, leftBehind);
        if (!child.isAlive()) {
          assertThat(child.await()).describedAs(child.out() + child.err()).isZero();
          return;
        }
        child.kill();
      }
      String status = note(database);
      if (status.equals("SUCCEEDED")) {
        return; // the kill came after the end; another apply would be another run
      }
      begun = !status.isEmpty();
    }
  }

  /** Some checkpoints later and then a little, so that kills land in every part of a batch. */
  private void waitForTheMoment(CairnChild child, SqliteFile database, FileTime leftBehind)
      throws Exception {
    while (leftBehind != null && child.isAlive() && leftBehind.equals(journalTime(database))) {
      Thread.sleep(1); // who reads first rolls back: that is Cairn's part, not the observer's
    }
    try (SqliteFile.Watch watch = database.watch()) {
      long checkpoints = checkpoints(watch);
      long until = checkpoints + random.nextInt(MOST_CHECKPOINTS_BETWEEN_KILLS);
      while (child.isAlive() && checkpoints <= until) {
        Thread.sleep(1);
        checkpoints = checkpoints(watch);
      }
    }
    Thread.sleep(random.nextInt(6), random.nextInt(1_000_000));
  }

  /**
   * Reads what the kill left, from a copy: the crash itself stays for the next process to mend.
   * Gives the run's status, "" where there is no run yet.
   */
  private String note(SqliteFile database) throws Exception {
    boolean midBatch = journalTime(database) != null;
    SqliteFile left = database.copyTo(folder.resolve("left.db"));
    List<List<Object>> runs =
        hasJournal(left) ? left.rows("SELECT status FROM cairn_run") : List.of();
    if (runs.isEmpty()) {
      return "";
    }
    assertThat(runs).hasSize(1);
    List<List<Object>> last =
        left.rows(
            "SELECT c.lane, l.value, c.batch FROM cairn_checkpoint c JOIN cairn_lane l"
                + " USING (run, lane) ORDER BY c.lane DESC, c.batch DESC LIMIT 1");
    if (!last.isEmpty() && left.number(UNFINISHED_LANES) > 0) {
      assertThat(runs.get(0)).containsExactly("RUNNING");
      List<Object> row = last.get(0);
      landed(new Landing((Long) row.get(0), row.get(1), (Long) row.get(2), midBatch));
    }
    return (String) runs.get(0).get(0);
  }

  private void landed(Landing landing) {
    landings.add(landing);
    System.out.printf(
        "kill %d of %s: behind lane %d (%s), batch %d%s%n",
        landings.size(),
        work.plan,
        landing.lane(),
        landing.value(),
        landing.batch(),
        landing.midBatch() ? ", a batch half done" : "");
  }

  private CairnChild start(SqliteFile database, List<String> arguments) throws IOException {
    return CairnChild.start(folder, line(database, arguments));
  }

  private String[] line(SqliteFile database, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--plans", work.plans.toString(), "--quiet"));
    all.add(database.path().toString());
    all.addAll(arguments);
    return all.toArray(String[]::new);
  }

  private void exits(int code, SqliteFile database, String... arguments) throws Exception {
    WarmCairn.shared().exits(code, line(database, List.of(arguments)));
  }

  private long count(SqliteFile database) throws SQLException {
    return database.number("SELECT count(*) FROM " + SqliteFile.quoted(work.target));
  }

  private static long checkpoints(SqliteFile.Watch watch) throws SQLException {
    return watch.number(HAS_JOURNAL) == 0
        ? 0
        : watch.number("SELECT count(*) FROM cairn_checkpoint");
  }

  private static boolean hasJournal(SqliteFile database) throws SQLException {
    return database.number(HAS_JOURNAL) > 0;
  }

  private static FileTime journalTime(SqliteFile database) throws IOException {
    Path journal = Path.of(database.path() + "-journal");
    try {
      return Files.getLastModifiedTime(journal);
    } catch (java.nio.file.NoSuchFileException none) {
      return null;
    }
  }

  /** Equal row for row; says the first difference, as a whole table would say nothing. */
  static void sameRows(List<List<Object>> expected, List<List<Object>> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertThat(actual.get(i)).describedAs("row " + i).isEqualTo(expected.get(i));
    }
    assertThat(actual.size()).describedAs("rows").isEqualTo(expected.size());
  }
}
