package dev.cairn.command;

import dev.cairn.report.Format;
import java.util.OptionalLong;

/**
 * The settings that {@code set} changes while a session lasts. Immutable: a change is a new value.
 *
 * @param format how results are shown
 * @param pace {@code auto}, {@code full} or {@code shared}
 * @param batchRows a fixed number of source rows a batch
 * @param busyTimeoutMillis how long another process's lock is waited for, in milliseconds
 * @param leaseSeconds after how long without a sign of life a run may be taken over
 * @param undo whether typed changes are journalled, so that they can be taken back
 * @param lanes how many lanes of a plan run at a time
 * @param maxLagSeconds how far a replica may be behind before batches wait for it
 */
public record Tuning(
    Format format,
    String pace,
    OptionalLong batchRows,
    int busyTimeoutMillis,
    long leaseSeconds,
    boolean undo,
    int lanes,
    int maxLagSeconds) {

  /** What holds when nothing is said. */
  static Tuning usual(Format format) {
    return new Tuning(format, "auto", OptionalLong.empty(), 5_000, 60, true, 1, 10);
  }

  Tuning withFormat(Format value) {
    return new Tuning(
        value, pace, batchRows, busyTimeoutMillis, leaseSeconds, undo, lanes, maxLagSeconds);
  }

  Tuning withPace(String value) {
    return new Tuning(
        format, value, batchRows, busyTimeoutMillis, leaseSeconds, undo, lanes, maxLagSeconds);
  }

  Tuning withBatchRows(OptionalLong value) {
    return new Tuning(
        format, pace, value, busyTimeoutMillis, leaseSeconds, undo, lanes, maxLagSeconds);
  }

  Tuning withBusyTimeout(int millis) {
    return new Tuning(format, pace, batchRows, millis, leaseSeconds, undo, lanes, maxLagSeconds);
  }

  Tuning withLease(long seconds) {
    return new Tuning(
        format, pace, batchRows, busyTimeoutMillis, seconds, undo, lanes, maxLagSeconds);
  }

  Tuning withUndo(boolean value) {
    return new Tuning(
        format, pace, batchRows, busyTimeoutMillis, leaseSeconds, value, lanes, maxLagSeconds);
  }

  Tuning withLanes(int value) {
    return new Tuning(
        format, pace, batchRows, busyTimeoutMillis, leaseSeconds, undo, value, maxLagSeconds);
  }

  Tuning withMaxLag(int seconds) {
    return new Tuning(
        format, pace, batchRows, busyTimeoutMillis, leaseSeconds, undo, lanes, seconds);
  }
}
