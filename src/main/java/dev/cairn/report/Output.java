package dev.cairn.report;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.CharBuffer;

/**
 * Whatever text is written to, as a Writer that is never closed; its own methods fail unchecked.
 */
final class Output extends Writer {

  private final Appendable out;

  Output(Appendable out) {
    this.out = out;
  }

  void text(CharSequence text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the line in one go, so that a stream behind it isn't called for every cell. */
  void line(StringBuilder line) {
    text(line.append('\n'));
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    out.append(CharBuffer.wrap(chars, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.append(text, offset, offset + length);
  }

  @Override
  public void flush() throws IOException {
    if (out instanceof Flushable target) {
      target.flush();
    }
  }

  @Override
  public void close() {
    // stdout belongs to the process
  }
}
