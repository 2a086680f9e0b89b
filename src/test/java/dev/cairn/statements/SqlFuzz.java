package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.sql.Flavour;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * No text makes the reading of SQL throw, take over a second or overflow the stack. {@code
 * src/test/fuzz/run} looks for one that does; {@link FuzzCorpusTest} replays those of old.
 */
class SqlFuzz {

  private static final long SECOND = 1_000_000_000L;

  @FuzzTest
  void splits(byte[] input) {
    within(SECOND, input, ReadingLimits::split);
  }

  @FuzzTest
  void parses(byte[] input) {
    within(SECOND, input, ReadingLimits::parse);
  }

  @FuzzTest
  void analyses(byte[] input) {
    within(SECOND, input, ReadingLimits::analyse);
  }

  private static void within(long nanos, byte[] input, BiConsumer<String, Flavour> reader) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Flavour flavour : Flavour.values()) {
      // Classes are loaded in the first.
      if (taken(text, flavour, reader) > nanos) {
        assertThat(taken(text, flavour, reader))
            .describedAs("nanoseconds for %s", flavour)
            .isLessThan(nanos);
      }
    }
  }

  /** Of the thread's own time: the machine may be busy with something else. */
  private static long taken(String text, Flavour flavour, BiConsumer<String, Flavour> reader) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    reader.accept(text, flavour);
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
