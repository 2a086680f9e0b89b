package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedTest {
  @TempDir Path folder;

  @Test
  void asAMapItHoldsEverythingInPlainValues() throws Exception {
    Planted planted = LiveOne.write(folder.resolve("liveone.db"), 0.001, 1, line -> {});
    Map<String, Object> map = planted.toMap();
    assertThat(map.keySet())
        .containsExactly(
            "scale",
            "seed",
            "rows",
            "migrations",
            "different_rows",
            "half_written",
            "missing_points");
    assertThat((List<?>) map.get("different_rows")).hasSameSizeAs(planted.differentRows());
    assertThat((List<?>) map.get("half_written")).hasSameSizeAs(planted.halfWritten());
    assertThat((List<?>) map.get("migrations")).hasSize(7);
    assertPlain(map);
  }

  private static void assertPlain(Object value) {
    if (value instanceof Map<?, ?> map) {
      assertThat(map.keySet()).allMatch(String.class::isInstance);
      map.values().forEach(PlantedTest::assertPlain);
    } else if (value instanceof List<?> list) {
      list.forEach(PlantedTest::assertPlain);
    } else if (value != null) {
      assertThat(value).isInstanceOfAny(Integer.class, Long.class, Double.class, String.class);
    }
  }
}
