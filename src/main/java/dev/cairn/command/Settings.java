package dev.cairn.command;

import dev.cairn.report.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a session was told, by options and {@code set}. Immutable: a changed setting is a new value.
 *
 * @param format how results are shown
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
 * @param pace {@code auto}, {@code full} or {@code shared}
 * @param batchRows a fixed number of source rows a batch
 * @param busyTimeoutMillis how long another process's lock is waited for, in milliseconds
 * @param leaseSeconds after how long without a sign of life a run may be taken over
 */
public record Settings(
    Format format,
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
    String pace,
    OptionalLong batchRows,
    int busyTimeoutMillis,
    long leaseSeconds) {

  public Settings {
    tokens = List.copyOf(tokens);
  }

  /** What holds when nothing is said. */
  public static Settings defaults() {
    return new Settings(
        Format.TABLE,
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
        "auto",
        OptionalLong.empty(),
        5_000,
        60);
  }

  Settings withFormat(Format value) {
    return new Settings(
        value,
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
        pace,
        batchRows,
        busyTimeoutMillis,
        leaseSeconds);
  }

  Settings withPace(String value) {
    return new Settings(
        format,
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
        value,
        batchRows,
        busyTimeoutMillis,
        leaseSeconds);
  }

  Settings withBatchRows(OptionalLong value) {
    return new Settings(
        format,
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
        pace,
        value,
        busyTimeoutMillis,
        leaseSeconds);
  }

  Settings withBusyTimeout(int millis) {
    return new Settings(
        format,
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
        pace,
        batchRows,
        millis,
        leaseSeconds);
  }

  Settings withLease(long seconds) {
    return new Settings(
        format,
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
        pace,
        batchRows,
        busyTimeoutMillis,
        seconds);
  }
}
