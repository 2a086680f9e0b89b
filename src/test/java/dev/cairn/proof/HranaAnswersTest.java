package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Cairn makes of answers that are none. A proxy in front of a real server passes everything on
 * until it is told to answer in another way, before the server has seen the request or after.
 */
class HranaAnswersTest {
  private static final AtomicBatch BATCH =
      AtomicBatch.of(List.of(SqlFragment.of("INSERT INTO t (name) VALUES ('x')")));

  @TempDir static Path folder;
  private static SqldServer server;
  private static int count;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer proxy;
  private volatile Answer answer = Answer.PASS;
  private volatile int status;
  private Database database;

  private enum Answer {
    PASS,
    STATUS_BEFORE,
    STATUS_AFTER,
    CUT_BEFORE,
    CUT_AFTER,
    HALF_AFTER,
    TWICE
  }

  @BeforeAll
  static void start() {
    server = SqldServer.start(folder.resolve("sqld"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    String name = "a" + count++;
    server.namespace(name);
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(Executors.newCachedThreadPool());
    proxy.createContext("/", this::handle);
    proxy.start();
    String url = "http://127.0.0.1:" + proxy.getAddress().getPort() + "?namespace=" + name;
    database = Databases.open(url, new SqliteDatabase.Options(false, false, false, 100));
    SqlFragment table = SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
    database.atomically(AtomicBatch.of(List.of(table)));
  }

  @AfterEach
  void close() {
    answer = Answer.PASS;
    database.close();
    proxy.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"400, SQL", "401, READ_ONLY", "403, READ_ONLY", "404, SQL", "429, BUSY"})
  void a_refusal_is_no_change(int code, Reason reason) {
    answer(Answer.STATUS_BEFORE, code);
    BatchOutcome outcome = database.atomically(BATCH);
    assertThat(((RolledBack) outcome).reason()).isEqualTo(reason);
    assertThat(asked).hasValue(1);
    assertThat(rows()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS_BEFORE, 500, 0",
    "STATUS_BEFORE, 502, 0",
    "STATUS_AFTER, 502, 1",
    "STATUS_AFTER, 504, 1",
    "STATUS_AFTER, 408, 1",
    "CUT_BEFORE, 0, 0",
    "CUT_AFTER, 0, 1",
    "HALF_AFTER, 0, 1"
  })
  void an_answer_that_is_none_leaves_the_outcome_open(Answer how, int code, long there) {
    answer(how, code);
    assertThat(database.atomically(BATCH)).isInstanceOf(Unknown.class);
    assertThat(asked).as("requests").hasValue(1);
    assertThat(rows()).isEqualTo(there);
  }

  @Test
  void a_request_that_the_way_doubles_is_committed_once_where_a_fence_stands() {
    answer(Answer.TWICE, 0);
    database.atomically(
        AtomicBatch.of(List.of(SqlFragment.of("INSERT INTO t VALUES (7, 'fence')"))));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_server_that_is_not_there_is_no_change() {
    proxy.stop(0);
    BatchOutcome outcome = database.atomically(BATCH);
    assertThat(((RolledBack) outcome).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void reads_say_that_no_answer_came() {
    answer(Answer.STATUS_BEFORE, 502);
    assertThatThrownBy(this::rowsNow)
        .isInstanceOfSatisfying(
            CairnException.class, error -> assertThat(error.exit()).isEqualTo(ExitCode.STOPPED));
    answer(Answer.HALF_AFTER, 0);
    assertThatThrownBy(this::rowsNow).hasMessageContaining("was lost");
    answer(Answer.HALF_AFTER, 0);
    assertThatThrownBy(this::streamNow).hasMessageContaining("broke off");
  }

  @Test
  void a_typed_change_without_an_answer_is_neither_done_nor_failed() {
    try (StatementSession session = database.session()) {
      session.run("SELECT 1").close();
      answer(Answer.CUT_AFTER, 0);
      assertThatThrownBy(() -> session.run("INSERT INTO t (name) VALUES ('typed')"))
          .isInstanceOfSatisfying(
              CairnException.class, error -> assertThat(error.exit()).isEqualTo(ExitCode.UNKNOWN));
      answer = Answer.PASS;
      assertThat(rows()).isEqualTo(1);
    }
  }

  @Test
  void what_is_typed_after_a_lost_transaction_does_not_run_alone() {
    try (StatementSession session = database.session()) {
      session.run("BEGIN").close();
      session.run("INSERT INTO t (name) VALUES ('in it')").close();
      answer(Answer.CUT_BEFORE, 0);
      assertThatThrownBy(() -> session.run("INSERT INTO t (name) VALUES ('cut')"))
          .hasMessageContaining("transaction");
      answer = Answer.PASS;
      assertThat(session.inTransaction()).isFalse();
      assertThat(rows()).isZero();
    }
  }

  /** Others wait for 5 s; then the server takes the transaction back, whoever types on. */
  @Test
  void the_server_takes_a_transaction_back_that_others_wait_for() throws Exception {
    try (StatementSession session = database.session()) {
      session.run("BEGIN IMMEDIATE").close();
      session.run("INSERT INTO t (name) VALUES ('slow')").close();
      Thread other = new Thread(() -> database.atomically(BATCH));
      other.start();
      Thread.sleep(6_000);
      assertThatThrownBy(() -> session.run("INSERT INTO t (name) VALUES ('alone')"))
          .hasMessageContaining("taken the open transaction back");
      other.join();
    }
    assertThat(rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libsql://host?authToken=geheim",
        "https://user:geheim@host",
        "http://host/?jwt=geheim",
        "jdbc:dbeaver:libsql:https://host?password=geheim"
      })
  void a_secret_in_the_url_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(
            () -> Databases.open(url, new SqliteDatabase.Options(false, false, false, 1_000)))
        .isInstanceOfSatisfying(
            CairnException.class, error -> assertThat(error.exit()).isEqualTo(ExitCode.USAGE))
        .hasMessageNotContaining("geheim");
  }

  private void answer(Answer how, int code) {
    asked.set(0);
    status = code;
    answer = how;
  }

  private long rows() {
    answer = Answer.PASS;
    return rowsNow();
  }

  private long rowsNow() {
    try (ReadView view = database.view()) {
      return view.number(SqlFragment.of("SELECT count(*) FROM t"));
    }
  }

  private void streamNow() {
    try (ReadView view = database.view();
        RowStream rows = view.query(SqlFragment.of("SELECT * FROM sqlite_schema"))) {
      while (rows.next()) {
        rows.row();
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Answer how = answer;
    switch (how) {
      case STATUS_BEFORE -> send(exchange, status, "no".getBytes(StandardCharsets.UTF_8));
      case CUT_BEFORE -> exchange.close();
      case STATUS_AFTER -> {
        pass(exchange, body);
        send(exchange, status, new byte[0]);
      }
      case CUT_AFTER -> {
        pass(exchange, body);
        exchange.close();
      }
      case HALF_AFTER -> {
        byte[] whole = pass(exchange, body);
        exchange.sendResponseHeaders(200, whole.length);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
        exchange.close();
      }
      case TWICE -> {
        pass(exchange, body);
        send(exchange, 200, pass(exchange, body));
      }
      default -> send(exchange, 200, pass(exchange, body));
    }
  }

  private byte[] pass(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + exchange.getRequestURI()))
            .header("x-namespace-bin", exchange.getRequestHeaders().getFirst("x-namespace-bin"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    exchange.close();
  }
}
