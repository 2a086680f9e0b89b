package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A read transaction on a stream of its own. The server's limit of 5 s is on writers whom others
 * wait for: a reader keeps its moment as long as its stream is kept (22 s tried, with writers at
 * work). Small results come with one answer, streams of rows by a cursor; a cursor that is read for
 * more than 10 s costs the stream, and the next query says so rather than read a later moment.
 */
final class LibsqlView implements ReadView {
  private static final SqlFragment BEGIN = SqlFragment.of("BEGIN");

  private final HranaStream stream;
  private final Runnable ending;
  private final Map<SqlFragment, JsonNode> answered = new HashMap<>();
  private final Map<String, List<String>> described = new HashMap<>();
  private String encoding;
  private boolean begun;

  private LibsqlView(HranaStream stream, boolean begun, Runnable ending) {
    this.stream = stream;
    this.begun = begun;
    this.ending = ending;
  }

  /** A view that owns its stream, and gives it up rather than commits: no view may write. */
  static LibsqlView alone(HranaStream stream) {
    return new LibsqlView(stream, false, stream::leave);
  }

  /** A look from within a conversation, whose transaction is open. */
  static LibsqlView within(HranaStream stream, Runnable ending) {
    return new LibsqlView(stream, true, ending);
  }

  /** One request for all of them; what it doesn't answer is asked again by itself. */
  @Override
  public void ahead(List<SqlFragment> wanted) {
    List<SqlFragment> queries =
        wanted.stream().filter(query -> !answered.containsKey(query)).toList();
    if (queries.isEmpty()) {
      return;
    }
    boolean was = begun;
    try {
      List<ObjectNode> steps = opening();
      int first = steps.size();
      queries.forEach(
          query -> steps.add(HranaStatement.step(query, HranaStatement.inTransaction())));
      begun = true;
      JsonNode results = batch(steps).path("step_results");
      for (int i = 0; i < queries.size(); i++) {
        JsonNode result = results.path(first + i);
        if (result.isObject() && !result.path("cols").isEmpty()) {
          answered.put(queries.get(i), result);
        }
      }
    } catch (HranaException error) {
      if (error.kind() != HranaException.Kind.ANSWERED || isLost(error)) {
        throw failure(error);
      }
      // Of a text that can't be parsed none was run, nor BEGIN; too large an answer ran them all.
      begun = error.code().equals("RESPONSE_TOO_LARGE") || was;
    }
  }

  @Override
  public RowStream query(SqlFragment query) {
    try {
      JsonNode known = answered.remove(query);
      if (known != null) {
        return new HeldRows(HranaResult.columns(known), HranaResult.rows(known));
      }
      List<ObjectNode> steps = opening();
      steps.add(HranaStatement.step(query, HranaStatement.inTransaction()));
      begun = true;
      HranaCursor cursor = stream.cursor(steps, steps.size() - 1);
      if (cursor.columns().isEmpty()) {
        cursor.close();
        throw noQuery();
      }
      return new LibsqlRows(cursor);
    } catch (HranaException error) {
      throw failure(error);
    }
  }

  /** Small by what it is for: one answer, and no cursor left open. */
  @Override
  public List<List<Object>> rows(SqlFragment query) {
    try {
      JsonNode known = answered.remove(query);
      if (known != null) {
        return HranaResult.rows(known);
      }
      List<ObjectNode> steps = opening();
      steps.add(HranaStatement.step(query, HranaStatement.inTransaction()));
      begun = true;
      return rows(batch(steps), steps.size() - 1);
    } catch (HranaException error) {
      throw failure(error);
    }
  }

  @Override
  public RowStream exactly(SqlFragment query) {
    ExactQuery exact = exact(query);
    return new ExactRows(query(exact.sent()), exact);
  }

  @Override
  public List<List<Object>> exactRows(SqlFragment query) {
    ExactQuery exact = exact(query);
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> came : rows(exact.sent())) {
      rows.add(exact.row(came).stream().map(RawText::readable).collect(Collectors.toList()));
    }
    return rows;
  }

  @Override
  public void close() {
    ending.run();
  }

  /** Asks which columns the query has, once for each text, and how texts are stored. */
  private ExactQuery exact(SqlFragment query) {
    try {
      List<String> columns = described.get(query.sql());
      if (columns == null) {
        List<JsonNode> told =
            stream.pipeline(
                List.of(
                    HranaStatement.describe(query.sql()),
                    HranaStatement.execute(SqlFragment.of("PRAGMA encoding"))));
        columns = HranaResult.columns(HranaStream.response(told.get(0)).path("result"));
        described.put(query.sql(), columns);
        encoding =
            HranaResult.firstRow(HranaStream.response(told.get(1)).path("result"))
                .get(0)
                .toString();
      }
      if (columns.isEmpty()) {
        throw noQuery();
      }
      return new ExactQuery(query, columns, encoding);
    } catch (HranaException error) {
      throw failure(error);
    }
  }

  private JsonNode batch(List<ObjectNode> steps) throws HranaException {
    ObjectNode batch = HranaStatement.request("batch");
    batch.set("batch", HranaStatement.batch(steps));
    return stream.one(batch).path("result");
  }

  private List<ObjectNode> opening() throws HranaException {
    if (begun && !stream.isKept()) {
      throw HranaException.answered("VIEW_LOST", "the server has let go of the moment being read");
    }
    List<ObjectNode> steps = new ArrayList<>();
    if (!begun) {
      steps.add(HranaStatement.step(BEGIN));
    }
    return steps;
  }

  private static List<List<Object>> rows(JsonNode result, int step) throws HranaException {
    for (JsonNode error : result.path("step_errors")) {
      if (!error.isNull()) {
        throw HranaStream.error(error);
      }
    }
    JsonNode found = result.path("step_results").path(step);
    if (!found.isObject()) {
      throw HranaException.answered("VIEW_LOST", "the server has ended the read transaction");
    }
    if (found.path("cols").isEmpty()) {
      throw noQuery();
    }
    return HranaResult.rows(found);
  }

  /** A server has no connection that only reads; what was written goes with the stream. */
  private static CairnException noQuery() {
    return CairnException.failed("read-only", "only a query may stand here");
  }

  private static boolean isLost(HranaException error) {
    return error.code().equals("VIEW_LOST") || error.code().equals("STREAM_EXPIRED");
  }

  private static CairnException failure(HranaException error) {
    if (isLost(error)) {
      return CairnException.stopped("view-lost", error.getMessage())
          .hint("nothing was written; run it again")
          .causedBy(error);
    }
    return LibsqlErrors.exception(error);
  }
}
