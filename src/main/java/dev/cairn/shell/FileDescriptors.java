package dev.cairn.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;
import org.jline.terminal.Size;

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

  /** How large the terminal behind a descriptor is now; nothing by nothing where nobody knows. */
  static Size size(int descriptor) {
    try {
      CLibrary.WinSize size = new CLibrary.WinSize();
      return CLibrary.ioctl(descriptor, CLibrary.TIOCGWINSZ, size) == 0
          ? Size.of(size.ws_col, size.ws_row)
          : Size.of(0, 0);
    } catch (LinkageError | RuntimeException unknown) {
      return Size.of(0, 0);
    }
  }
}
