package dev.cairn.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  /** The token of the plan that the process printed as JSON. */
  String token() {
    Matcher found = TOKEN.matcher(String.join("\n", output));
    if (!found.find()) {
      throw new IllegalStateException(what + " printed no token");
    }
    return found.group(1);
  }

  /** Whether a line of the process's remarks has this text. */
  boolean remarked(String text) {
    return remarks.stream().anyMatch(line -> line.contains(text));
  }
}
