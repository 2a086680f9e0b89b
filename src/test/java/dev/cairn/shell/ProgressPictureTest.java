package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.report.DisplayWidth;
import dev.cairn.shell.ProgressState.Part;
import dev.cairn.shell.ProgressState.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress as lines, drawn from nothing but a state and a size. */
class ProgressPictureTest {
  private static final Part WHOLE = new Part("points", Phase.RUNNING, 30_000, 120_000, 5_000, 18);
  private static final List<Part> LANES =
      List.of(
          new Part("lane 1", Phase.DONE, 10_000, 10_000, 4_000, 0),
          new Part("lane 2", Phase.RUNNING, 20_000, 80_000, 6_000, 3_725),
          new Part("lane 日本", Phase.WAITING, 0, 30_000, 0, -1));

  @Test
  void the_whole_stands_first_and_each_lane_has_its_bar_under_it() {
    assertThat(lines(100, 24, LANES, Blocks.ASCII))
        .containsExactly(
            "points    [######-------------------]  25%   30,000 of 120,000 rows      5,000 rows/s  0:18 left",
            "lane 1    [#########################] 100%   10,000 of  10,000 rows      4,000 rows/s  done",
            "lane 2    [######-------------------]  25%   20,000 of  80,000 rows      6,000 rows/s  1:02:05 left",
            "lane 日本 [-------------------------]   0%        0 of  30,000 rows          - rows/s  waiting");
  }

  @Test
  void a_narrower_terminal_shows_less_behind_shorter_bars() {
    assertThat(lines(60, 24, LANES, Blocks.UNICODE))
        .first()
        .asString()
        .endsWith("░  25%  0:18 left");
    assertThat(lines(24, 24, LANES, Blocks.UNICODE))
        .first()
        .asString()
        .isEqualTo("points    ██░░░░░░  25%");
    assertThat(lines(16, 24, LANES, Blocks.UNICODE))
        .first()
        .asString()
        .isEqualTo("points      25%");
    assertThat(lines(6, 24, LANES, Blocks.UNICODE)).first().asString().isEqualTo("poin…");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 17, 25, 40, 63, 80, 81, 99, 200, 32_767})
  void no_line_reaches_the_last_column_and_two_rows_stay_free(int columns) {
    for (int rows : new int[] {0, 1, 2, 3, 5, 24}) {
      List<String> lines = lines(columns, rows, LANES, Blocks.UNICODE);
      assertThat(lines).hasSizeLessThanOrEqualTo(Math.max(0, rows - 2));
      assertThat(lines).allMatch(line -> DisplayWidth.of(line) < columns);
    }
  }

  @Test
  void of_many_lanes_those_around_the_one_at_work_are_shown_and_the_rest_counted() {
    List<Part> lanes = new ArrayList<>();
    for (int lane = 0; lane < 400; lane++) {
      Phase phase = lane < 250 ? Phase.DONE : lane == 250 ? Phase.RUNNING : Phase.WAITING;
      lanes.add(new Part("lane " + lane, phase, lane < 250 ? 5 : 1, 5, 1, 4));
    }
    List<String> lines = lines(80, 12, lanes, Blocks.ASCII);
    assertThat(lines).hasSize(10);
    assertThat(lines).first().asString().startsWith("points");
    assertThat(lines).anyMatch(line -> line.startsWith("lane 250"));
    assertThat(lines).last().isEqualTo("392 more lanes; 250 of 400 done");
  }

  @Test
  void a_note_stands_under_the_bars() {
    ProgressState state = new ProgressState(WHOLE, LANES, "stopping");
    assertThat(new ProgressPicture(Blocks.ASCII).lines(state, Size.of(80, 24)))
        .hasSize(5)
        .last()
        .isEqualTo("stopping");
  }

  @Test
  void a_label_from_the_data_can_move_no_cursor() {
    Part evil = new Part("lane \u001b[2J" + "x".repeat(100), Phase.RUNNING, 1, 2, 1, 1);
    assertThat(lines(80, 24, List.of(evil), Blocks.ASCII))
        .noneMatch(line -> line.indexOf('\u001b') >= 0)
        .allMatch(line -> DisplayWidth.of(line) < 80);
  }

  @Test
  void nothing_to_do_is_all_done() {
    Part nothing = new Part("points", Phase.DONE, 0, 0, 0, -1);
    ProgressState state = new ProgressState(nothing, List.of(), "");
    assertThat(new ProgressPicture(Blocks.ASCII).lines(state, Size.of(80, 24)).get(0))
        .contains("100%");
  }

  private static List<String> lines(int columns, int rows, List<Part> lanes, Blocks blocks) {
    return new ProgressPicture(blocks)
        .lines(new ProgressState(WHOLE, lanes, ""), Size.of(columns, rows));
  }
}
