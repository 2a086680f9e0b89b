package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.dialect.SqlFragment;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far the log of a server has come. A replica is some milliseconds behind its primary (of 100
 * reads right after a write 48 missed it). Each says its index, and a batch that names an index
 * waits until a replica has it. What was written through a replica it shows at once by itself.
 */
final class WrittenIndex {
  /** A log that was made anew, after a restart of the primary, never reaches an old index. */
  static final Duration CATCH_UP = Duration.ofSeconds(10);

  private static final SqlFragment NOTHING = SqlFragment.of("SELECT 1");

  private final HranaClient waiting;

  /**
   * @param waiting asks the server, and gives up after {@link #CATCH_UP}
   */
  WrittenIndex(HranaClient waiting) {
    this.waiting = waiting;
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
