package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.command.CairnProcess;
import dev.cairn.shell.SystemTerminal;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Cairn as a process of its own that runs one command line after another, each from its options to
 * its exit code as {@code Main} does: only the start of the JVM is paid once. For what is neither
 * killed nor signalled.
 */
final class WarmCairn implements AutoCloseable {
  private static WarmCairn shared;

  private final Process process;
  private final DataOutputStream lines;
  private final InputStream out;
  private final Path err;
  private long errSeen;

  /** What one command line gave. */
  record Ended(int code, String out, String err) {}

  private WarmCairn(Process process, Path err) {
    this.process = process;
    this.lines = new DataOutputStream(process.getOutputStream());
    this.out = process.getInputStream();
    this.err = err;
  }

  /** One that works in a folder; what it says on stderr goes to a file in another. */
  static WarmCairn startIn(Path folder, Path outputs) throws IOException {
    Path err = Files.createTempFile(outputs, "err", ".txt");
    ProcessBuilder builder =
        CairnChild.process(folder, List.of(System.getProperty("java.class.path")), WarmCairn.class);
    return new WarmCairn(builder.redirectError(err.toFile()).start(), err);
  }

  /** The one of this JVM, for command lines whose paths are absolute. */
  static synchronized WarmCairn shared() throws IOException {
    if (shared == null || !shared.process.isAlive()) {
      Path folder = Files.createTempDirectory("cairn-warm");
      shared = startIn(folder, folder);
      shared.err.toFile().deleteOnExit();
    }
    return shared;
  }

  /** Runs a command line to its end. */
  synchronized Ended run(String... arguments) throws IOException {
    lines.writeInt(arguments.length);
    for (String argument : arguments) {
      lines.writeUTF(argument);
    }
    lines.flush();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int next = out.read();
    while (next > 0) {
      said.write(next);
      next = out.read();
    }
    if (next < 0) {
      throw new AssertionError("ended by itself:\n" + said + remarks());
    }
    return new Ended(out.read(), said.toString(StandardCharsets.UTF_8), remarks());
  }

  /** Runs a command line; fails unless it ends with this code. Gives all that it said. */
  String exits(int code, String... arguments) throws IOException {
    Ended ended = run(arguments);
    assertThat(ended.code()).describedAs(ended.out() + ended.err()).isEqualTo(code);
    return ended.out() + ended.err();
  }

  @Override
  public void close() throws IOException {
    lines.close();
    process.onExit().join();
    Files.deleteIfExists(err);
  }

  private String remarks() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(err.toFile(), "r")) {
      byte[] bytes = new byte[(int) (file.length() - errSeen)];
      file.seek(errSeen);
      file.readFully(bytes);
      errSeen += bytes.length;
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Reads command lines until there are no more. */
  public static void main(String[] none) throws IOException {
    DataInputStream lines = new DataInputStream(System.in);
    PrintStream out = System.out;
    System.setIn(InputStream.nullInputStream());
    while (true) {
      String[] arguments;
      try {
        arguments = new String[lines.readInt()];
      } catch (EOFException over) {
        return;
      }
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = lines.readUTF();
      }
      int code = new CairnProcess(new SystemTerminal()).execute(arguments);
      out.write(0);
      out.write(code);
      out.flush();
    }
  }
}
