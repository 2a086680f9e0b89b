package dev.cairn.bench;

import java.util.List;

/**
 * One process that was measured.
 *
 * @param what what it did, for instance {@code points A}
 * @param seconds from its start to its end
 * @param cpuSeconds what it used of all cores; 0 where the system doesn't tell
 * @param peakMegabytes the most memory that it held at once; 0 where the system doesn't tell
 * @param output what it printed on stdout
 * @param remarks what it printed on stderr
 */
record TimedRun(
    String what,
    double seconds,
    double cpuSeconds,
    double peakMegabytes,
    List<String> output,
    List<String> remarks) {

  /** Whether a line of the process's remarks has this text. */
  boolean remarked(String text) {
    return remarks.stream().anyMatch(line -> line.contains(text));
  }
}
