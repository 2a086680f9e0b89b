package dev.cairn.analysis;

import dev.cairn.sql.tree.Span;

/**
 * One change to a statement's own text: what stands at {@code span} becomes {@code replacement}.
 */
public record Edit(Span span, String replacement) {

  /** Puts something in, and takes nothing away. */
  public static Edit before(int offset, String inserted) {
    return new Edit(new Span(offset, offset), inserted);
  }
}
