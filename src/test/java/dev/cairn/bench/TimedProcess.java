package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts a process and measures it from its start to its end. */
final class TimedProcess {
  private static final Path OWN_STATISTICS = Path.of("/proc/self/stat");
  private static final double TICKS_A_SECOND = 100;

  private TimedProcess() {}

  static TimedRun run(String what, Path folder, Path input, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "out", ".txt");
    Path remarks = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(remarks.toFile());
    double cpuBefore = cpuOfChildren();
    long started = System.nanoTime();
    Process process = builder.start();
    PeakMemory memory = PeakMemory.watch(process);
    int exit = process.waitFor();
    double seconds = (System.nanoTime() - started) / 1e9;
    TimedRun run =
        new TimedRun(
            what,
            seconds,
            cpuOfChildren() - cpuBefore,
            memory.megabytes(),
            Files.readAllLines(output),
            Files.readAllLines(remarks));
    Files.delete(output);
    Files.delete(remarks);
    if (exit != 0) {
      throw new IllegalStateException(
          what + " ended with " + exit + ":\n" + String.join("\n", run.remarks()));
    }
    return run;
  }

  /** The kernel adds up what ended children used; where there is no /proc, nothing is known. */
  private static double cpuOfChildren() throws IOException {
    if (!Files.isReadable(OWN_STATISTICS)) {
      return 0;
    }
    String line = Files.readString(OWN_STATISTICS);
    // The name, the second field, may hold spaces; it ends at the last bracket.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_A_SECOND;
  }

  /** Asks again and again for a process's high-water mark; the last answer is its peak. */
  private static final class PeakMemory extends Thread {
    private final Path status;
    private final Process process;
    private volatile long kilobytes;

    private PeakMemory(Process process) {
      super("peak-memory");
      this.process = process;
      this.status = Path.of("/proc/" + process.pid() + "/status");
      setDaemon(true);
    }

    static PeakMemory watch(Process process) {
      PeakMemory memory = new PeakMemory(process);
      memory.start();
      return memory;
    }

    @Override
    public void run() {
      while (process.isAlive() && Files.isReadable(status)) {
        try {
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .forEach(line -> kilobytes = Long.parseLong(line.replaceAll("\\D", "")));
          Thread.sleep(10);
        } catch (IOException | InterruptedException ended) {
          return;
        }
      }
    }

    double megabytes() {
      return kilobytes / 1000.0;
    }
  }
}
