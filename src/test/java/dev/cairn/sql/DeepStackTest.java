package dev.cairn.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeepStackTest {

  private static final String LONG = "x".repeat(10_000);

  private static int depth(int left) {
    return left == 0 ? 0 : 1 + depth(left - 1);
  }

  private static int broken() {
    throw new AssertionError("told");
  }

  @Test
  void a_long_text_is_walked_deeper_than_the_callers_stack_allows() throws Exception {
    int[] reached = new int[1];
    Thread small =
        new Thread(
            null,
            () -> reached[0] = DeepStack.call(LONG, () -> depth(200_000)),
            "small",
            256L << 10);
    small.start();
    small.join();
    assertThat(reached[0]).isEqualTo(200_000);
  }

  @Test
  void what_the_task_throws_is_thrown() {
    assertThatThrownBy(
            () ->
                DeepStack.call(
                    LONG,
                    () -> {
                      throw new IllegalStateException("told");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("told");
    assertThatThrownBy(() -> DeepStack.call(LONG, () -> DeepStackTest.broken()))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void an_interrupt_is_kept_for_the_caller() {
    Thread.currentThread().interrupt();
    assertThat(DeepStack.call(LONG, () -> 1)).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
