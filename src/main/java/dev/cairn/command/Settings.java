package dev.cairn.command;

import dev.cairn.report.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a session was told when it started, and what {@code set} has changed since.
 *
 * @param csvSafe whether CSV cells that a spreadsheet would run are defused
 * @param yes whether typed changes go ahead without asking
 * @param tokens tokens that approve the next applies, in order
 * @param live whether the database is to be treated as live
 * @param readOnly whether nothing may be written
 * @param create whether a missing database file is made
 * @param plansFolder where plans are looked for, where it was said
 * @param keepGoing whether a script goes on after a failure
 * @param quiet whether progress and notices are left out
 * @param color whether results and errors are coloured
 * @param debug whether errors show their stack trace
 * @param tuning what {@code set} changes
 */
public record Settings(
    boolean csvSafe,
    boolean yes,
    List<String> tokens,
    boolean live,
    boolean readOnly,
    boolean create,
    Optional<Path> plansFolder,
    boolean keepGoing,
    boolean quiet,
    boolean color,
    boolean debug,
    Tuning tuning) {

  public Settings {
    tokens = List.copyOf(tokens);
  }

  /** What holds when nothing is said. */
  public static Settings defaults() {
    Tuning usual = Tuning.usual(Format.TABLE);
    return new Settings(
        false,
        false,
        List.of(),
        false,
        false,
        false,
        Optional.empty(),
        false,
        false,
        false,
        false,
        usual);
  }

  Settings with(Tuning changed) {
    return new Settings(
        csvSafe,
        yes,
        tokens,
        live,
        readOnly,
        create,
        plansFolder,
        keepGoing,
        quiet,
        color,
        debug,
        changed);
  }

  public Format format() {
    return tuning.format();
  }

  public String pace() {
    return tuning.pace();
  }

  public OptionalLong batchRows() {
    return tuning.batchRows();
  }

  public int busyTimeoutMillis() {
    return tuning.busyTimeoutMillis();
  }

  public long leaseSeconds() {
    return tuning.leaseSeconds();
  }
}
