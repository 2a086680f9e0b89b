package dev.cairn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Another user of the database, a process of its own, and how long it had to wait each time. */
final class LiveUser implements AutoCloseable {
  private final String role;
  private final Path samples;
  private final Process process;
  private final List<Wait> waits = new ArrayList<>();

  /** Starts it and returns once it is at work. */
  LiveUser(Workspace workspace, String role, Path database) throws IOException {
    this.role = role;
    this.samples = Files.createTempFile(workspace.folder(), role, ".txt");
    this.process =
        new ProcessBuilder(
                workspace.javaCommand(
                    LiveUserProcess.class, role, database.toString(), samples.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(answers.readLine())) {
      throw new IllegalStateException("the " + role + " didn't start");
    }
  }

  /**
   * One wait.
   *
   * @param at when it began, in milliseconds since 1970
   * @param millis how long it was
   */
  private record Wait(long at, double millis) {}

  String role() {
    return role;
  }

  /** Ends it and reads what it measured. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the " + role + " failed");
    }
    for (String line : Files.readAllLines(samples)) {
      String[] fields = line.split(" ");
      waits.add(new Wait(Long.parseLong(fields[0]), Double.parseDouble(fields[1])));
    }
    Files.delete(samples);
  }

  /** The waits in milliseconds that fell at least in part between two moments; never empty. */
  Sample waits(long from, long to) {
    Sample sample = new Sample();
    within(from, to).forEach(wait -> sample.add(wait.millis()));
    if (sample.isEmpty()) {
      sample.add(0);
    }
    return sample;
  }

  /** The five longest, with when they began. */
  String longest(long from, long to) {
    return within(from, to).stream()
        .sorted(Comparator.comparingDouble(Wait::millis).reversed())
        .limit(5)
        .map(
            wait ->
                String.format(
                    Locale.ROOT, "%.0f ms at %.1f s", wait.millis(), (wait.at() - from) / 1e3))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    process.destroy();
  }

  private List<Wait> within(long from, long to) {
    return waits.stream()
        .filter(wait -> wait.at() + wait.millis() >= from && wait.at() <= to)
        .toList();
  }
}
