package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far the log of a server has come by what was written through it. A replica hands writes on to
 * its primary and reads what it has itself, some milliseconds behind (of 100 reads right after a
 * write 48 missed it). It says the log's index with its answer, and a batch that names an index
 * waits until the replica has it; a primary passes over it.
 */
final class WrittenIndex {
  /** A log that was made anew, after a restart of the primary, never reaches an old index. */
  static final Duration CATCH_UP = Duration.ofSeconds(10);

  private static final SqlFragment NOTHING = SqlFragment.of("SELECT 1");

  private final HranaClient waiting;
  private volatile long handedOn = -1;
  private volatile long reached = -1;

  /**
   * @param waiting asks the server, and gives up after {@link #CATCH_UP}
   */
  WrittenIndex(HranaClient waiting) {
    this.waiting = waiting;
  }

  /** Hears an answer; what a replica handed on took it no time and read no row. */
  void heard(JsonNode answer) {
    for (JsonNode each : answer.path("results")) {
      JsonNode result = each.path("response").path("result");
      boolean elsewhere = isHandedOn(result);
      for (JsonNode step : result.path("step_results")) {
        elsewhere |= isHandedOn(step);
      }
      long index = result.path("replication_index").asLong(-1);
      if (elsewhere && index > handedOn) {
        handedOn = index;
      }
    }
  }

  private static boolean isHandedOn(JsonNode result) {
    JsonNode took = result.path("query_duration_ms");
    return took.isNumber() && took.doubleValue() == 0 && result.path("rows_read").asLong(-1) == 0;
  }

  /**
   * Waits until the server shows what was written through it. Fails with exit 6 where it doesn't.
   */
  void await() {
    long wanted = handedOn;
    if (wanted <= reached) {
      return;
    }
    if (!hasReached(wanted)) {
      throw CairnException.stopped(
              "replica-behind",
              "this replica does not show what was written through it, after %d s"
                  .formatted(CATCH_UP.toSeconds()))
          .hint("open the primary, and go on there");
    }
    reached = wanted;
  }

  /** Whether the server has come as far as that in time. */
  boolean hasReached(long index) {
    ObjectNode batch = HranaStatement.batch(List.of(HranaStatement.step(NOTHING)));
    batch.put("replication_index", Long.toString(index));
    try {
      asked(batch);
      return true;
    } catch (HranaException late) {
      return false;
    }
  }

  /** How far the server's log is now; empty of servers that don't say. */
  OptionalLong now() {
    try {
      JsonNode said = asked(HranaStatement.batch(List.of(HranaStatement.step(NOTHING))));
      long index = said.path("replication_index").asLong(-1);
      return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
    } catch (HranaException unknown) {
      return OptionalLong.empty();
    }
  }

  private JsonNode asked(ObjectNode batch) throws HranaException {
    ObjectNode request = HranaStatement.request("batch");
    request.set("batch", batch);
    ObjectNode body = HranaStatement.body(List.of(request, HranaStatement.request("close")));
    JsonNode answer = waiting.pipeline(waiting.base(), body);
    return HranaStream.response(answer.path("results").path(0)).path("result");
  }
}
