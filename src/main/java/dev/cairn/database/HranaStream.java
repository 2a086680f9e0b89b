package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection of the server to its database, which a baton leads back to with each request. The
 * server forgets it after some 10 s without one: while it is kept, it is asked for something small
 * in time. Rows must be read before the next request, which would block the server's thread that
 * has to send them: two such threads and sqld answers nobody any more (seen with 0.24.32).
 */
final class HranaStream implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long KEPT_BY_MILLIS = 3_000;

  /** How long the server needs to see that nobody reads the rows any more; at most 40 ms seen. */
  private static final long DROPPED_MILLIS = 150;

  private static final ScheduledExecutorService KEEPER =
      Executors.newScheduledThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task, "cairn-keep-alive");
            thread.setDaemon(true);
            return thread;
          });

  private final HranaClient client;
  private final Backoff again;
  private final ScheduledFuture<?> keeping;
  private final ReentrantLock lock = new ReentrantLock();
  private URI server;
  private volatile String baton;
  private long lastUsed;
  private volatile HranaCursor open;
  private volatile boolean closed;
  private boolean answered;

  HranaStream(HranaClient client) {
    this(client, new Backoff(Duration.ZERO));
  }

  /**
   * One that only reads: as long as it has seen nothing, what failed for a reason that may pass is
   * asked again.
   */
  static HranaStream reading(HranaClient client, Backoff again) {
    return new HranaStream(client, again);
  }

  private HranaStream(HranaClient client, Backoff again) {
    this.client = client;
    this.again = again;
    this.server = client.base();
    this.keeping =
        KEEPER.scheduleWithFixedDelay(
            this::keepAlive, KEPT_BY_MILLIS, KEPT_BY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Sends requests; their results in order, each of which may be an error. */
  List<JsonNode> pipeline(List<ObjectNode> requests) throws HranaException {
    lock.lock();
    try {
      settle();
      ObjectNode body = body();
      ArrayNode list = body.putArray("requests");
      list.addAll(requests);
      List<JsonNode> results = new ArrayList<>();
      send(body).path("results").forEach(results::add);
      if (results.size() != requests.size()) {
        throw HranaException.lost("the server's answer is not whole", null);
      }
      return results;
    } finally {
      lock.unlock();
    }
  }

  /** The response to one request. */
  JsonNode one(ObjectNode request) throws HranaException {
    return response(pipeline(List.of(request)).get(0));
  }

  /** What a result holds, where it is no error. */
  static JsonNode response(JsonNode result) throws HranaException {
    if (result.path("type").asText().equals("ok")) {
      return result.path("response");
    }
    throw error(result.path("error"));
  }

  static HranaException error(JsonNode error) {
    return HranaException.answered(
        error.path("code").asText("UNKNOWN"), error.path("message").asText("no reason given"));
  }

  /** Runs steps of which the rows of one are read as they come. */
  HranaCursor cursor(List<ObjectNode> steps, int withRows) throws HranaException {
    lock.lock();
    try {
      settle();
      ObjectNode body = body();
      body.set("batch", HranaStatement.batch(steps));
      HranaCursor cursor =
          new HranaCursor(insisting(() -> client.cursor(server, body)), client.patience());
      open = cursor;
      take(cursor.head());
      cursor.begin(withRows);
      return cursor;
    } catch (HranaException failed) {
      if (open == null || !open.hasHead()) {
        forgetIfGone(failed);
      }
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server has, as far as is known, a connection for this stream. */
  boolean isKept() {
    return baton != null;
  }

  /** Ends the reading of rows, from another thread. Returns whether any were read. */
  boolean cancel() {
    HranaCursor reading = open;
    if (reading != null) {
      reading.cancel();
    }
    return reading != null;
  }

  /** Lets the server forget it, which takes back what is open. */
  @Override
  public void close() {
    keeping.cancel(false);
    lock.lock();
    try {
      if (!closed && baton != null) {
        closed = true;
        pipeline(List.of(HranaStatement.request("close")));
      }
    } catch (HranaException gone) {
      baton = null; // the server forgets it by itself in 10 s
    } finally {
      closed = true;
      lock.unlock();
    }
  }

  /** The same where nothing was written, so that nobody need wait for it to be done. */
  void leave() {
    keeping.cancel(false);
    KEEPER.execute(this::close);
  }

  private ObjectNode body() {
    return JSON.objectNode().put("baton", baton);
  }

  private JsonNode send(ObjectNode body) throws HranaException {
    try {
      JsonNode answer = insisting(() -> client.pipeline(server, body));
      take(answer);
      return answer;
    } catch (HranaException failed) {
      forgetIfGone(failed);
      throw failed;
    }
  }

  private <T> T insisting(Request<T> request) throws HranaException {
    while (true) {
      try {
        T answer = request.send();
        answered = true;
        again.succeeded();
        return answer;
      } catch (HranaException failed) {
        if (answered || !LibsqlErrors.mayPass(failed) || !again.again(() -> closed)) {
          throw failed;
        }
      }
    }
  }

  @FunctionalInterface
  private interface Request<T> {
    T send() throws HranaException;
  }

  /** The answer says where the next request must go. */
  private void take(JsonNode answer) {
    baton = answer.path("baton").isTextual() ? answer.path("baton").asText() : null;
    if (answer.path("base_url").isTextual()) {
      server = client.followed(server, URI.create(answer.path("base_url").asText()));
    }
    lastUsed = System.nanoTime();
  }

  /** A baton is good once: without the answer to it there is no next. */
  private void forgetIfGone(HranaException failed) {
    if (failed.kind() != HranaException.Kind.NOT_SENT) {
      baton = null;
    }
  }

  /** Sees that no rows are under way when the next request goes out. */
  private void settle() throws HranaException {
    HranaCursor reading = open;
    if (reading == null) {
      return;
    }
    reading.takeIn();
    open = null;
    lastUsed = System.nanoTime();
    if (reading.wasDropped()) {
      try {
        Thread.sleep(DROPPED_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw HranaException.interrupted(interrupted);
      }
    }
  }

  private void keepAlive() {
    HranaCursor reading = open;
    if (reading != null) {
      reading.cancelIfStalled();
    }
    if (!lock.tryLock()) {
      return; // it is in use
    }
    try {
      long idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastUsed);
      boolean reads = open != null && !open.isOver();
      if (!closed && baton != null && !reads && idle >= KEPT_BY_MILLIS) {
        pipeline(List.of(HranaStatement.request("get_autocommit")));
      }
    } catch (HranaException gone) {
      baton = null; // whoever uses it next is told
    } finally {
      lock.unlock();
    }
  }
}
