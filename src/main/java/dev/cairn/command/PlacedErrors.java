package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Missing;
import dev.cairn.sql.Piece;
import dev.cairn.sql.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the engine's errors at the place in the text that they speak of. */
final class PlacedErrors {
  private static final Pattern UNKNOWN_NAME =
      Pattern.compile("no such (table|column): (?:main\\.)?(?:[^.]*\\.)?(.+)");
  private static final Pattern NEAR =
      Pattern.compile("near \"(.+)\": syntax error", Pattern.DOTALL);

  private final Session session;

  PlacedErrors(Session session) {
    this.session = session;
  }

  /** The engine's error at the place in a file or in what was typed. */
  CairnException placed(CairnException error, String origin, String text, Piece piece) {
    return placed(error, text, piece, offset -> SourceSpan.at(origin, text, offset));
  }

  /**
   * The engine's error at the place in the text that it speaks of, with the nearest known name.
   *
   * @param places where an offset in the text is for the person who wrote it
   */
  CairnException placed(
      CairnException error, String text, Piece piece, IntFunction<SourceSpan> places) {
    if (error.span().isPresent()) {
      return error;
    }
    String message = String.valueOf(error.getMessage());
    Matcher near = NEAR.matcher(message);
    Matcher unknown = UNKNOWN_NAME.matcher(message);
    int offset = piece.start();
    CairnException result = error;
    if (near.find()) {
      offset = find(text, piece, near.group(1)).orElse(piece.start());
    } else if (unknown.find()) {
      String name = unknown.group(2);
      offset = find(text, piece, name).orElse(piece.start());
      result = nearest(unknown.group(1), name, text, piece).map(error::hint).orElse(error);
    }
    return result.at(places.apply(offset));
  }

  /** The engine's error with the nearest known name; its place is somebody else's to say. */
  CairnException near(CairnException error, String text) {
    Piece whole = new Piece(0, text.length(), Missing.NOTHING);
    Matcher unknown = UNKNOWN_NAME.matcher(String.valueOf(error.getMessage()));
    return unknown.find()
        ? nearest(unknown.group(1), unknown.group(2), text, whole).map(error::hint).orElse(error)
        : error;
  }

  /** A column is looked for in the tables that the text speaks of, if it speaks of any. */
  private Optional<String> nearest(String what, String name, String text, Piece piece) {
    Catalog catalog = session.database().catalog();
    if (what.equals("table")) {
      return catalog.nearest(name).map(PlacedErrors::meant);
    }
    List<Table> named =
        catalog.tables().stream()
            .filter(table -> find(text, piece, table.name()).isPresent())
            .toList();
    Optional<String> nearest =
        Catalog.nearest(
            name,
            (named.isEmpty() ? List.copyOf(catalog.tables()) : named)
                .stream()
                    .flatMap(table -> table.columns().stream())
                    .map(Column::name)
                    .filter(column -> !column.equalsIgnoreCase(name))
                    .distinct()
                    .toList());
    String lists =
        named.stream().map(t -> "`describe " + t.name() + "`").collect(Collectors.joining(", "));
    return nearest
        .map(PlacedErrors::meant)
        .or(() -> Optional.of(lists).filter(l -> !l.isEmpty()).map(l -> l + " lists the columns"));
  }

  private static String meant(String nearest) {
    return "did you mean " + nearest + "?";
  }

  private Optional<Integer> find(String text, Piece piece, String token) {
    for (int at = piece.start(); at < piece.end(); ) {
      Token next = Lexer.next(text, at, session.flavour());
      String found = text.substring(next.start(), next.end());
      if (found.equalsIgnoreCase(token) || found.equalsIgnoreCase('"' + token + '"')) {
        return Optional.of(next.start());
      }
      at = next.end();
    }
    return Optional.empty();
  }
}
