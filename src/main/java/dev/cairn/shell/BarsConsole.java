package dev.cairn.shell;

import dev.cairn.command.Console;
import dev.cairn.plan.Measured;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/** A script's console that draws progress as bars, since a person looks on. */
record BarsConsole(Console script, Supplier<Size> size, BooleanSupplier stopping)
    implements Console {

  @Override
  public PrintStream out() {
    return script.out();
  }

  @Override
  public PrintStream err() {
    return script.err();
  }

  @Override
  public int width() {
    return script.width();
  }

  @Override
  public Optional<String> ask(String question) {
    return script.ask(question);
  }

  @Override
  public Progress progress(Measured measured, long alreadyDone) {
    boolean unknown = size.get().getColumns() == 0 || size.get().getRows() == 0;
    return unknown
        ? script.progress(measured, alreadyDone)
        : ProgressBars.begin(measured, alreadyDone, script.err(), size, stopping);
  }
}
