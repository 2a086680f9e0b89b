package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.shell.ProgressState.Part;
import dev.cairn.shell.ProgressState.Phase;
import org.junit.jupiter.api.Test;

/** What is counted while a run reports, on a clock of the test's own. */
class LaneCountTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void the_rate_is_that_of_the_last_commit_and_the_time_left_runs_down_after_it() {
    LaneCount count = new LaneCount(1_000);
    count.begin(0, 0);
    assertThat(count.part("lane 1", SECOND))
        .isEqualTo(new Part("lane 1", Phase.RUNNING, 0, 1_000, 0, -1));
    count.add(200, 2 * SECOND);
    assertThat(count.part("lane 1", 2 * SECOND))
        .isEqualTo(new Part("lane 1", Phase.RUNNING, 200, 1_000, 100, 8));
    assertThat(count.part("lane 1", 5 * SECOND))
        .isEqualTo(new Part("lane 1", Phase.RUNNING, 200, 1_000, 100, 5));
    assertThat(count.part("lane 1", 60 * SECOND).secondsLeft()).isZero();
  }

  @Test
  void what_an_earlier_process_did_counts_as_done_but_not_as_fast() {
    LaneCount count = new LaneCount(1_000);
    count.begin(900, 0);
    count.add(50, SECOND);
    assertThat(count.part("lane 1", SECOND))
        .isEqualTo(new Part("lane 1", Phase.RUNNING, 950, 1_000, 50, 1));
  }

  @Test
  void a_lane_that_is_done_is_whole_whatever_was_counted() {
    LaneCount count = new LaneCount(1_000);
    count.end();
    assertThat(count.part("lane 1", SECOND))
        .isEqualTo(new Part("lane 1", Phase.DONE, 1_000, 1_000, 0, -1));
  }

  @Test
  void more_rows_than_planned_are_no_more_than_all() {
    LaneCount count = new LaneCount(10);
    count.begin(0, 0);
    count.add(12, SECOND);
    assertThat(count.part("lane 1", SECOND).done()).isEqualTo(10);
    assertThat(count.part("lane 1", SECOND).secondsLeft()).isZero();
  }
}
