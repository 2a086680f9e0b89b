package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.error.ExitCode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A person's Ctrl-C reaches a statement whenever it comes. */
class InterruptsTest {
  private final Interrupts interrupts = new Interrupts();
  private final AtomicInteger cancelled = new AtomicInteger();

  @Test
  void a_signal_that_came_just_before_the_statement_cancels_it() {
    interrupts.signal(ExitCode.INTERRUPTED);
    interrupts.running(this::cancel);
    await().until(() -> cancelled.get() > 0);
  }

  @Test
  void it_is_repeated_until_the_statement_has_ended_and_no_longer() throws InterruptedException {
    interrupts.running(this::cancel);
    interrupts.signal(ExitCode.INTERRUPTED);
    await().until(() -> cancelled.get() > 2);
    interrupts.idle();
    Thread.sleep(150);
    int behind = cancelled.get();
    Thread.sleep(150);
    assertThat(cancelled).hasValue(behind);
  }

  @Test
  void it_is_not_repeated_once_it_is_sure() throws InterruptedException {
    interrupts.running(() -> cancelled.incrementAndGet() == 2);
    interrupts.signal(ExitCode.INTERRUPTED);
    await().until(() -> cancelled.get() == 2);
    Thread.sleep(200);
    assertThat(cancelled).hasValue(2);
  }

  @Test
  void a_statement_that_nobody_interrupted_is_left_alone() throws InterruptedException {
    interrupts.running(this::cancel);
    Thread.sleep(150);
    assertThat(cancelled).hasValue(0);
  }

  private boolean cancel() {
    cancelled.incrementAndGet();
    return false;
  }
}
