package dev.cairn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

  @Test
  void one_is_singular_and_everything_else_plural() {
    assertThat(Counted.rows(1)).isEqualTo("1 row");
    assertThat(Counted.rows(0)).isEqualTo("0 rows");
    assertThat(Counted.rows(213942)).isEqualTo("213,942 rows");
    assertThat(Counted.of(1, "batch")).isEqualTo("1 batch");
    assertThat(Counted.of(2, "batch")).isEqualTo("2 batches");
  }
}
