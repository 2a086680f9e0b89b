package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs an atomic batch in one round trip: each step only where the one before it succeeded, COMMIT
 * the last of them, and whatever is then still open is taken back. That the server answered with
 * 200 says nothing: only the COMMIT's own result does.
 */
final class LibsqlBatch {
  private static final SqlFragment NO_CHECKS = SqlFragment.of("PRAGMA foreign_keys = OFF");
  private static final SqlFragment BEGIN = SqlFragment.of("BEGIN IMMEDIATE");
  private static final SqlFragment COMMIT = SqlFragment.of("COMMIT");
  private static final SqlFragment ROLLBACK = SqlFragment.of("ROLLBACK");

  private final int first;
  private final int commit;
  private final List<ObjectNode> steps = new ArrayList<>();

  private LibsqlBatch(AtomicBatch batch) {
    if (batch.parentsProven()) {
      then(NO_CHECKS); // of this stream's connection alone
    }
    then(BEGIN);
    first = steps.size();
    batch.statements().forEach(this::then);
    commit = steps.size();
    then(COMMIT);
    steps.add(HranaStatement.step(ROLLBACK, HranaStatement.inTransaction()));
  }

  static BatchOutcome run(HranaClient client, AtomicBatch batch) {
    String unable = unable(batch);
    if (!unable.isEmpty()) {
      return new RolledBack(Reason.SQL, -1, unable);
    }
    return new LibsqlBatch(batch).on(client);
  }

  /** What a server can't be asked for; nothing was sent. */
  private static String unable(AtomicBatch batch) {
    if (batch.beside().isPresent()) {
      return "a libSQL server can't read another database beside its own";
    }
    return batch.seesReplaced()
        ? "a libSQL server shows its triggers no row that a REPLACE takes away"
        : "";
  }

  private void then(SqlFragment statement) {
    steps.add(
        steps.isEmpty()
            ? HranaStatement.step(statement)
            : HranaStatement.step(statement, HranaStatement.ok(steps.size() - 1)));
  }

  private BatchOutcome on(HranaClient client) {
    ObjectNode request = HranaStatement.request("batch");
    request.set("batch", HranaStatement.batch(steps));
    ObjectNode body = HranaStatement.body(List.of(request, HranaStatement.request("close")));
    try {
      JsonNode answer = client.pipeline(client.base(), body);
      JsonNode result = HranaStream.response(answer.path("results").path(0)).path("result");
      return outcome(result);
    } catch (HranaException error) {
      // An error in place of the steps' results, as for an answer that is too large, doesn't say
      // how far they came.
      boolean refused = error.code().startsWith("HTTP_4") || !LibsqlErrors.mayHaveHappened(error);
      boolean known = refused && !error.code().equals("RESPONSE_TOO_LARGE");
      return known
          ? new RolledBack(LibsqlErrors.reason(error), -1, error.getMessage())
          : new Unknown(error.getMessage());
    }
  }

  private BatchOutcome outcome(JsonNode result) throws HranaException {
    JsonNode results = result.path("step_results");
    JsonNode errors = result.path("step_errors");
    if (results.path(commit).isObject()) {
      return committed(results);
    }
    for (int i = 0; i <= commit; i++) {
      if (errors.path(i).isObject()) {
        HranaException error = HranaStream.error(errors.path(i));
        int statement = i >= first && i < commit ? i - first : -1;
        return i == commit && LibsqlErrors.mayHaveHappened(error)
            ? new Unknown(error.getMessage())
            : new RolledBack(LibsqlErrors.reason(error), statement, error.getMessage());
      }
    }
    return new Unknown("the server's answer is not whole");
  }

  /** It is durable: a value that can't be read must not make it look otherwise. */
  private BatchOutcome committed(JsonNode results) {
    List<List<Object>> rows = new ArrayList<>();
    try {
      for (int i = first; i < commit; i++) {
        rows.add(HranaResult.firstRow(results.path(i)));
      }
    } catch (HranaException unreadable) {
      return new Unknown(unreadable.getMessage());
    }
    return new Committed(rows);
  }
}
