package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.journal.BatchTally;
import dev.cairn.plan.Lane;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;

/** What reaches the terminal while a run reports. */
class ProgressBarsTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Size size = Size.of(80, 24);

  @Test
  void a_frame_is_drawn_over_the_one_before_and_closing_removes_it() {
    try (ProgressBars bars = bars()) {
      bars.says("checking ...");
      assertThat(frame()).startsWith("checking ...\n").contains("0%").endsWith("\n");
      bars.says("checked");
      assertThat(frame()).startsWith("\r\u001b[3A\u001b[Jchecked\n");
    }
    assertThat(frame()).isEqualTo("\r\u001b[3A\u001b[J");
  }

  @Test
  void a_terminal_that_became_narrower_has_wrapped_what_stood_there() {
    try (ProgressBars bars = bars()) {
      bars.says("wide");
      frame();
      size = Size.of(20, 24);
      bars.says("narrow");
      assertThat(frame()).matches("(?s)\r\u001b\\[(1[0-9]|[4-9])A.*narrow\n.*");
    }
  }

  @Test
  void batches_in_quick_succession_are_not_all_drawn() {
    try (ProgressBars bars = bars()) {
      bars.laneStarts(0, 0);
      for (int batch = 1; batch <= 1_000; batch++) {
        bars.committed(0, batch, 1, new BatchTally(1, 1, 0, 0, 0, 0));
      }
      assertThat(frame().split("points", -1).length).isLessThan(100);
    }
  }

  @Test
  void a_terminal_of_no_size_or_one_column_shows_nothing_and_breaks_nothing() {
    for (Size tiny : List.of(Size.of(0, 0), Size.of(1, 1), Size.of(1, 24), Size.of(80, 1))) {
      size = tiny;
      try (ProgressBars bars = bars()) {
        bars.laneStarts(0, 0);
        bars.committed(0, 1, 1, new BatchTally(1, 1, 0, 0, 0, 0));
        bars.says("still here");
      }
      assertThat(frame()).isEqualTo("still here\n");
    }
  }

  private ProgressBars bars() {
    PrintStream err = new PrintStream(written, false, StandardCharsets.UTF_8);
    return new ProgressBars(
        new ProgressCount("points", List.of(lane(1), lane(2)), 0, System.nanoTime()),
        err,
        () -> size,
        Blocks.ASCII,
        () -> false);
  }

  private static Lane lane(long value) {
    return new Lane(value, "", List.of(), 0L, 1_000L, 1_000, 5_000, 0, "");
  }

  private String frame() {
    String text = written.toString(StandardCharsets.UTF_8);
    written.reset();
    return text;
  }
}
