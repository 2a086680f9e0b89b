package dev.cairn.proof;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request or an answer of HTTP/1.1 as it came over the wire, and how its body ends.
 *
 * @param text the head with its empty line
 */
record HttpMessage(String text) {
  private static final int LONGEST_HEAD = 1 << 16;

  /** Reads a head; empty where the other side has hung up between two. */
  static Optional<HttpMessage> readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("a head without its end");
      }
      head.write(next);
      if (head.size() > LONGEST_HEAD) {
        throw new IOException("a head without its end");
      }
      boolean return1 = matched % 2 == 0;
      matched = next == (return1 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return Optional.of(new HttpMessage(head.toString(StandardCharsets.ISO_8859_1)));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  String path() {
    return text.substring(text.indexOf(' ') + 1, text.indexOf(' ', text.indexOf(' ') + 1));
  }

  /** The body's bytes as they are on the wire, chunks and all. */
  byte[] readBody(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    passBody(in, body);
    return body.toByteArray();
  }

  /** Passes the body on as it comes; gives how many bytes there were. */
  long passBody(InputStream in, OutputStream out) throws IOException {
    if ("chunked".equals(header("transfer-encoding"))) {
      return passChunks(in, out);
    }
    String length = header("content-length");
    return length == null ? 0 : pass(in, out, Long.parseLong(length));
  }

  private static long passChunks(InputStream in, OutputStream out) throws IOException {
    long passed = 0;
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next;
      do {
        next = in.read();
        if (next < 0) {
          throw new EOFException("a body without its end");
        }
        line.write(next);
      } while (next != '\n');
      out.write(line.toByteArray());
      String size = line.toString(StandardCharsets.ISO_8859_1).strip();
      long length = Long.parseLong(size, 16);
      passed += line.size() + pass(in, out, length + 2); // and the chunk's own end of line
      out.flush();
      if (length == 0) {
        return passed;
      }
    }
  }

  private static long pass(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("a body without its end");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    out.flush();
    return length;
  }

  private String header(String name) {
    return text.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }
}
