package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The statements under {@code statements/}, one folder a dialect and one file a topic. They were
 * written before the grammar, and the engines themselves judge them. A comment {@code -- not in
 * this build: MESSAGE} above a statement says that the engine's grammar takes it and its build
 * answers with that message; {@code -- not in the tree: NAMES} names what a tree has no place for.
 */
final class StatementCollection {

  private static final Path ROOT = Path.of("src/test/resources/statements");
  private static final String LACKING = "-- not in this build: ";
  private static final String LEFT_OUT = "-- not in the tree: ";

  private StatementCollection() {}

  /** Returns all statements of a dialect but its schema. */
  static List<CollectedStatement> of(Flavour flavour) {
    List<CollectedStatement> statements = new ArrayList<>();
    for (Path file : files(flavour)) {
      String topic = file.getFileName().toString().replace(".sql", "");
      if (!topic.equals("schema")) {
        statements.addAll(read(flavour, topic, text(file)));
      }
    }
    return statements;
  }

  /** Returns those that the engine's grammar accepts. */
  static List<CollectedStatement> accepted(Flavour flavour) {
    return of(flavour).stream().filter(statement -> !statement.isRejected()).toList();
  }

  /** Returns the schema's statements in their order. */
  static List<String> schema(Flavour flavour) {
    String text = text(folder(flavour).resolve("schema.sql"));
    return StatementSplitter.all(text, flavour).stream().map(piece -> piece.text(text)).toList();
  }

  private static List<CollectedStatement> read(Flavour flavour, String topic, String text) {
    List<CollectedStatement> statements = new ArrayList<>();
    int from = 0;
    for (Piece piece : StatementSplitter.all(text, flavour)) {
      String above = text.substring(from, piece.start());
      Set<String> leftOut = Set.of(behind(LEFT_OUT, above).split(" "));
      int line = (int) text.substring(0, piece.start()).lines().count();
      boolean startsLine = piece.start() == 0 || text.charAt(piece.start() - 1) == '\n';
      statements.add(
          new CollectedStatement(
              flavour,
              topic,
              startsLine ? line + 1 : line,
              piece.text(text),
              leftOut,
              behind(LACKING, above)));
      from = piece.following();
    }
    return statements;
  }

  private static String behind(String mark, String above) {
    return above
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .findFirst()
        .orElse("");
  }

  private static Path folder(Flavour flavour) {
    return ROOT.resolve(flavour.name().toLowerCase(Locale.ROOT));
  }

  private static List<Path> files(Flavour flavour) {
    try (Stream<Path> files = Files.list(folder(flavour))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
