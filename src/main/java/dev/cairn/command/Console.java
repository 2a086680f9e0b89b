package dev.cairn.command;

import dev.cairn.batch.BatchListener;
import dev.cairn.plan.Measured;
import java.io.PrintStream;
import java.util.Optional;

/** Where a session talks to: results here, everything else there, and perhaps a person to ask. */
public interface Console {

  /** Results, and nothing else. */
  PrintStream out();

  /** Prompts, progress, warnings, errors. */
  PrintStream err();

  /** Width of the results' terminal in columns; 0 where they don't go to one. */
  int width();

  /** Asks a person; empty where there is none. A scripted console can't ask. */
  Optional<String> ask(String question);

  /** Something that shows how a run goes on. Close it before anything else is printed. */
  Progress progress(Measured measured, long alreadyDone);

  /** A listener that may hold a part of the screen. */
  interface Progress extends BatchListener, AutoCloseable {
    @Override
    void close();
  }
}
