package dev.cairn.example;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The log of talks with the vendors: one for each of the last polls, and some that failed. */
final class Sessions {
  static final List<String> COLUMNS =
      List.of(
          "system_id",
          "id",
          "session_label",
          "cause",
          "started",
          "duration",
          "successful",
          "error_code",
          "error",
          "response",
          "num_rows",
          "created_at");

  private static final long FAILURES_APART_SECONDS = 20_011;
  private static final int MONDO = 6;

  private final Map<Integer, Block> blocks = new LinkedHashMap<>();
  private final long seed;
  private final int failures;
  private int nextId = 1;

  /** The sessions of one system: of its polls from an index on, with ids from one on. */
  private record Block(History history, int firstPoll, int firstId, Talk talk) {}

  /** What a usual session of a system looks like. */
  private record Talk(String cause, int rows) {}

  /** How a session fails. */
  private record Failure(String code, String text) {}

  private static final List<Failure> FAILURES =
      List.of(
          new Failure("TIMEOUT", "Request timed out after 10000 ms"),
          new Failure("502", "Bad Gateway"),
          new Failure("429", "Too Many Requests"),
          new Failure("AUTH", "Login was refused"));

  Sessions(double scale, long seed) {
    this.seed = seed;
    this.failures = Volume.scaled(48, scale);
  }

  /** Adds sessions for so many of the last polls of a system; all before the first row is asked. */
  void add(History history, int count, int rows) {
    int polls = history.volume().polls();
    int first = Math.max(0, polls - count);
    String cause = history.system() == 7 ? "PUSH" : "POLL";
    blocks.put(history.system(), new Block(history, first, nextId, new Talk(cause, rows)));
    nextId += polls - first;
  }

  /** The id of a poll's session, or null. */
  Integer of(int system, int poll) {
    Block block = blocks.get(system);
    return block == null || poll < block.firstPoll()
        ? null
        : Integer.valueOf(block.firstId() + poll - block.firstPoll());
  }

  Stream<Object[]> rows() {
    List<Integer> systems = new ArrayList<>(blocks.keySet());
    return Stream.concat(
        blocks.values().stream().flatMap(this::successes),
        IntStream.range(0, failures)
            .mapToObj(i -> failure(i, blocks.get(systems.get(i % systems.size())))));
  }

  private Stream<Object[]> successes(Block block) {
    return Rows.stream(new Timeline(block.history(), seed).iterator())
        .filter(poll -> poll.index() >= block.firstPoll())
        .map(poll -> success(block, poll));
  }

  private Object[] success(Block block, Poll poll) {
    int system = block.history().system();
    int id = block.firstId() + poll.index() - block.firstPoll();
    int rows = block.talk().rows();
    return new Object[] {
      system,
      id,
      system == MONDO ? "session-" + (48_000 + poll.index()) : null,
      id % 211 == 0 ? "ADMIN" : block.talk().cause(),
      poll.received(),
      350 + Math.floorMod(poll.time() * 13, 900),
      1,
      null,
      null,
      id % 10 == 0 ? "{\"ok\":true,\"rows\":" + rows + "}" : null,
      rows,
      poll.received()
    };
  }

  /** Every twelfth of them is still pending. */
  private Object[] failure(int number, Block block) {
    boolean pending = number % 12 == 11;
    Failure failure = FAILURES.get(number % FAILURES.size());
    long started = block.history().end() - number * FAILURES_APART_SECONDS - 1_717;
    return new Object[] {
      block.history().system(),
      nextId + number,
      null,
      number % 5 == 4 ? "USER" : block.talk().cause(),
      started,
      pending ? 0 : 10_000 + number,
      pending ? null : Integer.valueOf(0),
      pending ? null : failure.code(),
      pending ? null : failure.text(),
      null,
      0,
      started
    };
  }
}
