package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text after several rounds of edits, and what they come to for the text as it was written. */
final class Patch {

  /** A stretch of the first text, or something put in ({@code from} is -1). */
  private record Piece(int from, String text) {
    Piece cut(int start, int end) {
      return new Piece(from < 0 ? -1 : from + start, text.substring(start, end));
    }
  }

  private final int length;
  private List<Piece> pieces;

  Patch(String text) {
    this.length = text.length();
    this.pieces = List.of(new Piece(0, text));
  }

  private Patch(int length, List<Piece> pieces) {
    this.length = length;
    this.pieces = pieces;
  }

  String text() {
    StringBuilder all = new StringBuilder();
    pieces.forEach(piece -> all.append(piece.text()));
    return all.toString();
  }

  /**
   * The text after edits of the text that it is now; where two overlap the later one is left out.
   */
  Patch after(List<Edit> edits) {
    List<Edit> sorted = new ArrayList<>(edits.stream().distinct().filter(Patch::changes).toList());
    sorted.sort(Comparator.comparing(edit -> edit.span().start()));
    Patch patch = new Patch(length, pieces);
    for (int i = sorted.size() - 1; i >= 0; i--) {
      patch.apply(sorted.get(i));
    }
    return patch;
  }

  private static boolean changes(Edit edit) {
    return !edit.replacement().isEmpty() || edit.span().end() > edit.span().start();
  }

  private void apply(Edit edit) {
    List<Piece> made = new ArrayList<>();
    int at = 0;
    boolean put = false;
    for (Piece piece : pieces) {
      int end = at + piece.text().length();
      if (!put && edit.span().start() >= at && edit.span().start() <= end) {
        int cut = edit.span().start() - at;
        keep(made, piece.cut(0, cut));
        keep(made, new Piece(-1, edit.replacement()));
        put = true;
        int rest = Math.min(end, Math.max(edit.span().end(), at + cut)) - at;
        keep(made, piece.cut(rest, piece.text().length()));
      } else if (put && at < edit.span().end()) {
        int rest = Math.min(end, edit.span().end()) - at;
        keep(made, piece.cut(rest, piece.text().length()));
      } else {
        keep(made, piece);
      }
      at = end;
    }
    pieces = made;
  }

  private static void keep(List<Piece> pieces, Piece piece) {
    if (!piece.text().isEmpty()) {
      pieces.add(piece);
    }
  }

  /** All edits together, as edits of the text as it was written. */
  List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    int at = 0;
    StringBuilder inserted = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.from() < 0) {
        inserted.append(piece.text());
      } else {
        close(edits, at, piece.from(), inserted);
        at = piece.from() + piece.text().length();
      }
    }
    close(edits, at, length, inserted);
    return edits;
  }

  private static void close(List<Edit> edits, int from, int to, StringBuilder inserted) {
    if (inserted.length() > 0 || to > from) {
      edits.add(new Edit(new Span(from, to), inserted.toString()));
      inserted.setLength(0);
    }
  }
}
