package dev.cairn.corpus;

import dev.cairn.corpus.Labelled.Fault;
import dev.cairn.sql.Flavour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the corpus: labels stand as comments right in front of a statement, whose last line ends
 * with a semicolon.
 */
final class CorpusReader {
  static final Path FOLDER = Path.of("src/test/resources/corpus");

  private static final Pattern COUNTS = Pattern.compile("as written (\\d+), key-safe (\\d+)");

  private final Path file;
  private final List<String> lines;
  private final List<Labelled> statements = new ArrayList<>();
  private int at;

  private CorpusReader(Path file) throws IOException {
    this.file = file;
    this.lines = Files.readAllLines(file);
  }

  /** The folders with a schema and statements. */
  static List<String> schemas() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .filter(Files::isDirectory)
          .map(each -> each.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements that make a schema and its rows, with their semicolons. */
  static String schema(String name) {
    try {
      return Files.readString(FOLDER.resolve(name).resolve("schema.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every statement of the corpus. */
  static List<Labelled> all() {
    return schemas().stream().flatMap(each -> of(each).stream()).toList();
  }

  /** The statements that belong to one schema. */
  static List<Labelled> of(String schema) {
    List<Labelled> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(schema))) {
      for (Path file :
          files
              .filter(each -> !each.endsWith("schema.sql"))
              .sorted()
              .collect(Collectors.toList())) {
        CorpusReader reader = new CorpusReader(file);
        reader.read();
        all.addAll(reader.statements);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /**
   * Statements that are judged together.
   *
   * @param fault what must be found, if anything
   */
  record LabelledScript(String place, Optional<Fault> fault, List<String> statements) {
    @Override
    public String toString() {
      return place;
    }
  }

  /** The scripts of a file: each ends at an empty line, its statements at the end of a line. */
  static List<LabelledScript> scripts(Path file) {
    List<LabelledScript> scripts = new ArrayList<>();
    try {
      int line = 1;
      for (String block : Files.readString(file).split("\n\n")) {
        List<String> comments = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (String each : block.lines().toList()) {
          if (each.startsWith("--")) {
            addComment(comments, each);
          } else {
            statements.add(each.substring(0, each.length() - 1));
          }
        }
        if (!statements.isEmpty()) {
          Optional<Fault> fault = values(comments, "wrong: ").map(CorpusReader::fault).findFirst();
          scripts.add(new LabelledScript(file.getFileName() + ":" + line, fault, statements));
        }
        line += 1 + (int) block.lines().count();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scripts;
  }

  private void read() {
    List<String> comments = new ArrayList<>();
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.isBlank()) {
        comments.clear();
        at++;
      } else if (line.startsWith("--")) {
        addComment(comments, line);
        at++;
      } else {
        statements.add(statement(comments));
        comments.clear();
      }
    }
  }

  /** A comment that is indented goes on with the one before it. */
  private static void addComment(List<String> comments, String line) {
    if (line.startsWith("--   ") && !comments.isEmpty()) {
      int last = comments.size() - 1;
      comments.set(last, comments.get(last) + "\n" + line.substring(2).strip());
    } else {
      comments.add(line.substring(2).strip());
    }
  }

  private Labelled statement(List<String> comments) {
    String place = FOLDER.relativize(file) + ":" + (at + 1);
    StringBuilder text = new StringBuilder();
    String line;
    do {
      line = lines.get(at++);
      text.append(text.isEmpty() ? "" : "\n").append(line);
    } while (!line.endsWith(";"));
    text.setLength(text.length() - 1);
    List<Fault> faults = values(comments, "wrong: ").map(CorpusReader::fault).toList();
    if (faults.isEmpty() != comments.contains("right")) {
      throw new IllegalStateException(place + ": neither right nor wrong, or both");
    }
    Optional<Matcher> counts =
        comments.stream().map(COUNTS::matcher).filter(Matcher::matches).findFirst();
    return new Labelled(
        file.getParent().getFileName().toString(),
        place,
        text.toString(),
        flavours(values(comments, "dialect: ").collect(Collectors.toSet())),
        faults,
        values(comments, "also: ").collect(Collectors.toCollection(TreeSet::new)),
        values(comments, "means: ").findFirst(),
        counts
            .map(each -> OptionalInt.of(Integer.parseInt(each.group(1))))
            .orElse(OptionalInt.empty()),
        counts
            .map(each -> OptionalInt.of(Integer.parseInt(each.group(2))))
            .orElse(OptionalInt.empty()),
        comments.contains("fails"));
  }

  private static Stream<String> values(List<String> comments, String label) {
    return comments.stream()
        .filter(each -> each.startsWith(label))
        .map(each -> each.substring(label.length()));
  }

  private static Fault fault(String label) {
    List<String> words = Arrays.asList(label.split(" "));
    return new Fault(words.get(0), words.get(1), words.subList(2, words.size()));
  }

  private static Set<Flavour> flavours(Set<String> named) {
    Set<Flavour> flavours = EnumSet.noneOf(Flavour.class);
    named.forEach(each -> flavours.add(Flavour.valueOf(each.toUpperCase(Locale.ROOT))));
    return flavours.isEmpty() ? EnumSet.allOf(Flavour.class) : flavours;
  }
}
