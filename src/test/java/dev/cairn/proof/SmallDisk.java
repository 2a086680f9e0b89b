package dev.cairn.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of a few megabytes, to be filled up. Where it can't be mounted a test that needs it
 * fails in CI (the environment has {@code CI}), and is left out on a desk.
 */
record SmallDisk(Path folder) implements AutoCloseable {

  /** Mounts one of so many bytes on a folder that exists. */
  static SmallDisk mount(Path folder, long bytes) {
    List<String> options =
        List.of("-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    String refusal = asRoot("mount", options);
    if (!refusal.isEmpty()) {
      if (System.getenv("CI") != null) {
        throw new AssertionError("no small disk can be mounted, so nothing is proved: " + refusal);
      }
      Assumptions.abort("no small disk can be mounted: " + refusal);
    }
    return new SmallDisk(folder);
  }

  /** Takes all room but so many bytes. */
  Path fillUpTo(long left) throws IOException {
    Path filler = folder.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4096];
      while (free() > left + page.length) {
        out.write(page);
      }
    } catch (IOException full) {
      return filler; // fuller than asked for: somebody else writes here too
    }
    return filler;
  }

  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void close() {
    String refusal = asRoot("umount", List.of("-l", folder.toString()));
    if (!refusal.isEmpty()) {
      throw new AssertionError(refusal);
    }
  }

  /** What the command said where it failed; empty where it worked. */
  private static String asRoot(String command, List<String> arguments) {
    boolean root = System.getProperty("user.name").equals("root");
    List<String> line = new ArrayList<>(root ? List.of() : List.of("sudo", "-n"));
    line.add(command);
    line.addAll(arguments);
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.onExit().join().exitValue() == 0 ? "" : String.join(" ", line) + ": " + said;
    } catch (IOException missing) {
      return missing.getMessage();
    }
  }
}
