package dev.cairn.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;

/** Asks whether a file descriptor of this process is a terminal. */
final class FileDescriptors {
  private FileDescriptors() {}

  /**
   * Whether it is one. Linux tells by a link, which costs nothing; elsewhere the C library is
   * asked. {@code System.console()} won't do: it speaks of input and output together, and from Java
   * 22 on of neither.
   */
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
      return CLibrary.isatty(descriptor) == 1;
    } catch (IOException | LinkageError unknown) {
      return false;
    }
  }
}
