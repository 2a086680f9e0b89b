package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Piece;
import dev.cairn.sql.Token;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The engine's error at the place in the text that it speaks of, with the nearest known name. */
  CairnException placed(CairnException error, String origin, String text, Piece piece) {
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
      Optional<String> nearest = nearest(unknown.group(1), name);
      if (nearest.isPresent()) {
        result = error.hint("did you mean " + nearest.get() + "?");
      }
    }
    return result.at(SourceSpan.at(origin, text, offset));
  }

  private Optional<String> nearest(String what, String name) {
    Catalog catalog = session.database().catalog();
    if (what.equals("table")) {
      return catalog.nearest(name);
    }
    return Catalog.nearest(
        name,
        catalog.tables().stream()
            .flatMap(table -> table.columns().stream())
            .map(column -> column.name())
            .distinct()
            .toList());
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
