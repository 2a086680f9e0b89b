package dev.cairn.analysis.check;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges statements against a schema that is read from its text. */
record Judge(Catalog catalog, Flavour flavour) {

  /** On the LiveOne schema. */
  static Judge liveOne() {
    return on(Flavour.SQLITE, liveOneSchema());
  }

  static Judge on(Flavour flavour, String schema) {
    SchemaReplay replay = new SchemaReplay(flavour);
    for (String statement : split(schema, flavour)) {
      replay.follow(SqlParser.parse(statement, flavour), statement);
    }
    return new Judge(replay.catalog(), flavour);
  }

  static String liveOneSchema() {
    try (InputStream schema = Judge.class.getResourceAsStream("/dev/cairn/example/liveone.sql")) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> split(String text, Flavour flavour) {
    List<String> statements = new ArrayList<>();
    Optional<Piece> piece = StatementSplitter.next(text, 0, flavour);
    while (piece.isPresent()) {
      statements.add(piece.get().text(text));
      piece = StatementSplitter.next(text, piece.get().following(), flavour);
    }
    return statements;
  }

  Analysis analyse(String statement) {
    return new Analyzer(catalog, flavour).analyse("", statement);
  }

  List<Finding> findings(String statement, String check) {
    Analysis analysis = analyse(statement);
    if (!analysis.analysed() && !check.equals("opaque")) {
      throw new AssertionError("not understood: " + analysis.statement());
    }
    return analysis.findings().stream().filter(each -> each.check().equals(check)).toList();
  }

  /** Every statement of a text. */
  List<Analysis> all(String text) {
    return split(text, flavour).stream().map(this::analyse).toList();
  }
}
