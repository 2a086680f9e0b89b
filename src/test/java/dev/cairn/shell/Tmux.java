package dev.cairn.shell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real terminal with a shell in it, to type into and to look at. */
final class Tmux implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String socket = "cairn-test-" + ProcessHandle.current().pid() + "-" + hashCode();

  private int cleared;

  Tmux(int columns, int rows) {
    assumeTrue(isInstalled(), "tmux is not installed: .ci/run installs it");
    run("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh");
  }

  /** Types text as it stands. */
  Tmux type(String text) {
    run(
        "send-keys",
        "-l",
        text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text);
    return this;
  }

  /** Presses keys by tmux's names for them: Enter, Tab, Up, C-c. */
  Tmux press(String... keys) {
    for (String key : keys) {
      run("send-keys", key);
    }
    return this;
  }

  /** Types a line and presses Enter. */
  Tmux enter(String line) {
    return type(line).press("Enter");
  }

  /** Waits until the screen shows the text. */
  Tmux shows(String text) {
    Awaitility.await("the terminal shows " + text)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(this::screen, screen -> screen.contains(text));
    return this;
  }

  /** Waits until the last line that isn't empty reads like this. */
  Tmux waitsAt(String prompt) {
    Awaitility.await("the terminal waits at " + prompt)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> lastLine(screen()), prompt::equals);
    return this;
  }

  void resize(int columns, int rows) {
    run("resize-window", "-x", "" + columns, "-y", "" + rows);
  }

  /** What can be seen. */
  String screen() {
    return run("capture-pane", "-p");
  }

  /** Waits until the shell has emptied the screen. */
  Tmux clear() {
    cleared++;
    return enter("clear; echo $((" + cleared + " * 1001))").shows(cleared * 1001 + "\n");
  }

  private static String lastLine(String screen) {
    String[] lines = screen.stripTrailing().split("\n");
    return lines[lines.length - 1].strip();
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("TMUX");
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException failed) {
      throw new IllegalStateException(command.toString(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    run("kill-server");
  }
}
