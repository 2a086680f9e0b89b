package dev.cairn;

import dev.cairn.command.CairnProcess;
import dev.cairn.shell.SystemTerminal;

/** Starts Cairn. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CairnProcess(new SystemTerminal()).execute(arguments));
  }
}
