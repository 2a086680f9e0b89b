package dev.cairn.analysis;

import dev.cairn.analysis.scope.Resolution;
import dev.cairn.catalog.Catalog;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a check may look at.
 *
 * @param file the file's name in spans, empty for typed text
 * @param text the statement as it is run, which all places in the tree speak of
 * @param statement its tree; never Opaque, but for the check that speaks of those
 * @param resolution what each name in it means
 * @param effects what it does
 */
public record CheckContext(
    String file,
    String text,
    Flavour flavour,
    Catalog catalog,
    Statement statement,
    Resolution resolution,
    List<Effect> effects) {
  public CheckContext {
    effects = List.copyOf(effects);
  }

  /** Whether the statement changes rows, so that a fault in it does harm. */
  public boolean writes() {
    return effects.stream().anyMatch(effect -> effect.kind().changesRows());
  }

  /** A place as findings name it. */
  public SourceSpan place(Span span) {
    return SourceSpan.at(file, text, span.start());
  }

  /** The severity in a statement that writes; in one that only reads it is a note. */
  public Severity severity(Severity whenWriting) {
    return writes() ? whenWriting : Severity.NOTE;
  }

  /** A finding at a place, with the query that decides it where data does. */
  public Finding finding(
      String check, Severity severity, String message, Span span, Optional<Probe> probe) {
    return new Finding(check, severity, message, Optional.of(place(span)), Optional.empty(), probe);
  }
}
