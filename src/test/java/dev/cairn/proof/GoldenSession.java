package dev.cairn.proof;

import dev.cairn.example.IncidentNight;
import dev.cairn.example.LiveOne;
import dev.cairn.example.VendorRefactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is run: lines that begin with {@code ==} say what to do, what follows them is what
 * came out.
 *
 * <pre>
 * == example 0.001 1             writes liveone.db, the repository's plans beside it
 * == incident 0.001 1            writes incident.db, as the night left it, and the snapshot of before
 * == vendor 0.1 1                writes vendor.db
 * == sql liveone.db UPDATE ...   somebody else changes the database
 * == replace FILE /OLD/NEW/      edits a file
 * == cairn ARGUMENTS             runs the process; TOKEN stands for the last token printed
 * == exit CODE, == out, == err   what it gave
 * </pre>
 */
final class GoldenSession implements AutoCloseable {
  /** What differs from run to run, and nothing else. */
  private static final Map<Pattern, String> MASKS = masks();

  private static final Pattern TOKEN =
      Pattern.compile("\\b[a-z0-9_-]+\\.[0-9]+\\.[0-9a-f]{32}\\.[A-Za-z0-9_-]+");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final Path folder;
  private final StringBuilder result = new StringBuilder();
  private String token = "TOKEN";
  private WarmCairn cairn;

  private GoldenSession(Path folder) {
    this.folder = folder;
  }

  /** Runs a session's actions in an empty folder; gives the session as it should read. */
  static String run(String text, Path folder) throws Exception {
    try (GoldenSession session = new GoldenSession(folder)) {
      session.run(text);
      return session.result.toString();
    }
  }

  private void run(String text) throws Exception {
    boolean outcome = false;
    for (String line : text.lines().toList()) {
      boolean marked = line.startsWith("== ");
      outcome = marked ? line.matches("== (exit \\d+|out|err)") : outcome;
      if (outcome) {
        continue;
      }
      result.append(line).append('\n');
      if (marked) {
        act(line.substring(3));
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (cairn != null) {
      cairn.close();
    }
  }

  private void act(String action) throws Exception {
    List<String> words = words(action);
    switch (words.get(0)) {
      case "example", "incident", "vendor" -> {
        example(words.get(0), Double.parseDouble(words.get(1)), Long.parseLong(words.get(2)));
        copyPlansAndScripts();
      }
      case "sql" ->
          new SqliteFile(folder.resolve(words.get(1)))
              .run(action.substring(action.indexOf(words.get(1)) + words.get(1).length()));
      case "replace" -> {
        Path file = folder.resolve(words.get(1));
        String[] parts = action.substring(action.indexOf('/', action.indexOf(".y"))).split("/");
        Files.writeString(file, Files.readString(file).replace(parts[1], parts[2]));
      }
      case "cairn" -> cairn(words.subList(1, words.size()));
      default -> throw new IllegalArgumentException(action);
    }
  }

  private void example(String story, double scale, long seed) throws IOException {
    switch (story) {
      case "incident" ->
          IncidentNight.write(folder.resolve("incident.db"), scale, seed, line -> {});
      case "vendor" -> VendorRefactor.write(folder.resolve("vendor.db"), scale, seed, line -> {});
      default -> LiveOne.write(folder.resolve("liveone.db"), scale, seed, line -> {});
    }
  }

  private void cairn(List<String> arguments) throws Exception {
    List<String> given = new ArrayList<>();
    arguments.forEach(argument -> given.add(argument.replace("TOKEN", token)));
    if (cairn == null) {
      cairn = WarmCairn.startIn(folder, Files.createDirectories(folder.resolve(".out")));
    }
    WarmCairn.Ended ended = cairn.run(given.toArray(String[]::new));
    Matcher found = TOKEN.matcher(ended.out());
    while (found.find()) {
      token = found.group();
    }
    result.append("== exit ").append(ended.code()).append('\n');
    append("out", ended.out());
    append("err", ended.err());
  }

  private void append(String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    String masked = TOKEN.matcher(text.replace(folder.toString(), "FOLDER")).replaceAll("TOKEN");
    for (Map.Entry<Pattern, String> mask : MASKS.entrySet()) {
      masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
    }
    result.append("== ").append(name).append('\n').append(masked);
    if (!masked.endsWith("\n")) {
      result.append("(no newline at the end)\n");
    }
  }

  private void copyPlansAndScripts() throws IOException {
    Path plans = Files.createDirectories(folder.resolve("plans"));
    try (var files = Files.walk(Path.of("plans"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = plans.resolve(Path.of("plans").relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path scripts = Files.createDirectories(folder.resolve("examples/vendor-refactor"));
    try (var files = Files.list(Path.of("examples/vendor-refactor"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, scripts.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  private static Map<Pattern, String> masks() {
    Map<Pattern, String> masks = new LinkedHashMap<>();
    masks.put(Pattern.compile("\\b[0-9,]+(\\.[0-9]+)? (s|ms|seconds)\\b"), "N $2");
    masks.put(Pattern.compile("\"(\\w*seconds)\":[0-9.E-]+"), "\"$1\":0");
    masks.put(Pattern.compile("rehearsal-20[0-9]{6}T[0-9]{6}Z"), "rehearsal-WHEN");
    masks.put(Pattern.compile("\\bprocess [0-9]+ on \\S+"), "process PID on HOST");
    // The example's times are of 2025; those of a run are of now.
    masks.put(Pattern.compile("\\b20(2[6-9]|[3-9][0-9])-[0-9-]{5}[ T][0-9:]{8}Z?"), "WHEN");
    masks.put(Pattern.compile("(WHEN +\\|) +[0-9.]+ \\|"), "$1 N |");
    return masks;
  }
}
