package dev.cairn.command;

import dev.cairn.example.Incident0035;
import dev.cairn.example.LiveOne;
import dev.cairn.example.OptionTwoA;
import dev.cairn.example.VendorRefactor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An example database with what there is to see in it. */
enum DemoStory {
  /** The point migration. */
  LIVEONE(DemoScript.liveone(), DemoScript.liveoneHints()) {
    @Override
    Map<String, Object> write(Path file, double scale, long seed, Consumer<String> progress)
        throws IOException {
      return LiveOne.write(file, scale, seed, progress).toMap();
    }
  },
  /** The night of migration 0035. */
  INCIDENT(DemoScript.incident(), DemoScript.incidentHints()) {
    @Override
    Map<String, Object> write(Path file, double scale, long seed, Consumer<String> progress)
        throws IOException {
      return Incident0035.write(file, scale, seed, progress).toMap();
    }
  },
  /** The vendor refactor: a table made anew. */
  VENDOR(DemoScript.vendor(), DemoScript.vendorHints()) {
    @Override
    Map<String, Object> write(Path file, double scale, long seed, Consumer<String> progress)
        throws IOException {
      return VendorRefactor.write(file, scale, seed, progress);
    }
  },
  /** Two tables written side by side become one source of truth; on PostgreSQL. */
  OPTION_2A(DemoScript.option2a(), DemoScript.option2aHints()) {
    @Override
    Map<String, Object> write(Path file, double scale, long seed, Consumer<String> progress) {
      throw new UnsupportedOperationException("it is no file");
    }

    @Override
    Map<String, Object> write(String url, double scale, long seed, Consumer<String> progress)
        throws IOException {
      return OptionTwoA.write(url, scale, seed, progress);
    }

    @Override
    boolean isOnServer() {
      return true;
    }
  };

  private final List<DemoStep> steps;
  private final List<String> hints;

  DemoStory(List<DemoStep> steps, List<String> hints) {
    this.steps = steps;
    this.hints = hints;
  }

  /** The story of that name. */
  static Optional<DemoStory> named(String name) {
    return Arrays.stream(values()).filter(story -> story.word().equals(name)).findFirst();
  }

  /** All names, for a sentence. */
  static String names() {
    return String.join(", ", Arrays.stream(values()).map(DemoStory::word).toList());
  }

  /** Its name on the command line and of its file. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<DemoStep> steps() {
    return steps;
  }

  /** What to try afterwards. */
  List<String> hints() {
    return hints;
  }

  /**
   * Writes the database; returns what was planted in it.
   *
   * @throws IOException if it can't be written; then nothing is left behind
   */
  abstract Map<String, Object> write(Path file, double scale, long seed, Consumer<String> progress)
      throws IOException;

  /**
   * The same into a database on a server, where the story is of one.
   *
   * @throws IOException if the server refuses it; then nothing is left behind
   */
  Map<String, Object> write(String url, double scale, long seed, Consumer<String> progress)
      throws IOException {
    throw new UnsupportedOperationException("it is a file");
  }

  /** Whether it is written into a database on a server, which must be named. */
  boolean isOnServer() {
    return false;
  }
}
