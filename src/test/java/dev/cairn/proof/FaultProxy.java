package dev.cairn.proof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Stands between Cairn and a server and passes on what each says, until it is told to do otherwise
 * with a request. Counts the requests and the bytes of both directions, heads included, and makes
 * each round trip as much longer as it is told to. Listens on the loopback address alone.
 */
final class FaultProxy implements AutoCloseable {
  /** What becomes of one request. */
  enum Kind {
    PASS,
    /** The server never hears of it, and the line goes dead. */
    CUT_BEFORE,
    /** The server does it; the line goes dead instead of the answer. */
    CUT_AFTER,
    /** The line to the server goes dead while it works. */
    CUT_DURING,
    /** Nobody hears anything any more. */
    HOLD_BEFORE,
    /** The server does it; its answer never comes. */
    HOLD_AFTER,
    /** The asker is cut off at once; the server hears of it later. */
    LATE,
    /** The server gets it twice; the second answer comes back. */
    TWICE,
    /** Somebody on the way answers in the server's place. */
    STATUS_BEFORE,
    /** The same, after the server has done it. */
    STATUS_AFTER,
    /** Half of the answer, then a dead line. */
    HALF_AFTER,
    /** The whole answer, a byte now and then. */
    SLOW_AFTER
  }

  /**
   * What is done with a request.
   *
   * @param status the HTTP status where somebody else answers
   * @param delay before the server is asked
   */
  record Fault(Kind kind, int status, Duration delay) {
    static final Fault NONE = of(Kind.PASS);

    static Fault of(Kind kind) {
      return new Fault(kind, 0, Duration.ZERO);
    }

    static Fault status(Kind kind, int status) {
      return new Fault(kind, status, Duration.ZERO);
    }

    static Fault delayed(Kind kind, Duration delay) {
      return new Fault(kind, 0, delay);
    }
  }

  /** One request as the proxy sees it. */
  record Asked(String path, String body, long number) {

    /** Whether it is a whole transaction of Cairn's. */
    boolean isBatch() {
      return body.contains("BEGIN IMMEDIATE") && body.contains("COMMIT");
    }

    /** Whether it is a batch of a run, checkpoint and all. */
    boolean isRunBatch() {
      return isBatch() && body.contains("INSERT INTO cairn_checkpoint");
    }
  }

  private final ServerSocket listening;
  private final int server;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Asked, Fault> faults = asked -> Fault.NONE;
  private volatile Duration roundTrip = Duration.ZERO;

  private FaultProxy(int server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  /** One in front of a port of this machine. */
  static FaultProxy before(int server) {
    try {
      FaultProxy proxy = new FaultProxy(server);
      proxy.run(proxy::listen);
      return proxy;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What Cairn is told to open. */
  String url(String namespace) {
    return "http://127.0.0.1:" + port() + "?namespace=" + namespace;
  }

  /** Decides for each request from now on what becomes of it; asked from several threads. */
  void faults(Function<Asked, Fault> decision) {
    faults = decision;
  }

  /** Passes everything on again. */
  void heal() {
    faults = asked -> Fault.NONE;
  }

  /** Makes each round trip so much longer. */
  void roundTrip(Duration longer) {
    roundTrip = longer;
  }

  /** Requests that came so far. */
  long requests() {
    return requests.get();
  }

  /** Bytes from Cairn so far. */
  long sent() {
    return sent.get();
  }

  /** Bytes to Cairn so far. */
  long received() {
    return received.get();
  }

  /** Begins to count anew. */
  void resetCounts() {
    requests.set(0);
    sent.set(0);
    received.set(0);
  }

  @Override
  public void close() {
    closed.countDown();
    shut(listening);
    open.forEach(FaultProxy::shut);
  }

  private void listen() throws IOException {
    while (closed.getCount() > 0) {
      Socket client = listening.accept();
      client.setTcpNoDelay(true);
      open.add(client);
      run(() -> serve(client));
    }
  }

  /** All requests of one connection, each over the same connection to the server. */
  private void serve(Socket client) throws IOException {
    try (client;
        Line line = new Line()) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      while (true) {
        Optional<HttpMessage> head = HttpMessage.readHead(in);
        if (head.isEmpty()) {
          return;
        }
        byte[] body = head.get().readBody(in);
        sent.addAndGet(head.get().bytes().length + (long) body.length);
        String text = new String(body, StandardCharsets.UTF_8);
        Asked asked = new Asked(head.get().path(), text, requests.incrementAndGet());
        sleep(roundTrip);
        if (!answer(faults.apply(asked), new Request(head.get(), body), line, out)) {
          return;
        }
        out.flush();
      }
    } finally {
      open.remove(client);
    }
  }

  private static final class Request {
    private final HttpMessage head;
    private final byte[] body;

    Request(HttpMessage head, byte[] body) {
      this.head = head;
      this.body = body;
    }

    byte[] bytes() {
      byte[] start = head.bytes();
      byte[] all = Arrays.copyOf(start, start.length + body.length);
      System.arraycopy(body, 0, all, start.length, body.length);
      return all;
    }
  }

  /** False where the line to the asker goes dead. */
  private boolean answer(Fault fault, Request request, Line line, OutputStream out)
      throws IOException {
    sleep(fault.kind() == Kind.LATE ? Duration.ZERO : fault.delay());
    switch (fault.kind()) {
      case CUT_BEFORE -> {
        return false;
      }
      case CUT_AFTER -> {
        line.whole(request);
        return false;
      }
      case CUT_DURING -> {
        line.send(request);
        return false;
      }
      case HOLD_BEFORE -> hold();
      case HOLD_AFTER -> {
        line.whole(request);
        hold();
      }
      case LATE -> {
        run(() -> late(fault.delay(), request));
        return false;
      }
      case STATUS_BEFORE -> said(fault.status(), out);
      case STATUS_AFTER -> {
        line.whole(request);
        said(fault.status(), out);
      }
      case HALF_AFTER -> {
        byte[] all = line.whole(request);
        send(out, all, all.length - Math.max(1, all.length / 2));
        return false;
      }
      case SLOW_AFTER -> {
        for (byte each : line.whole(request)) {
          send(out, new byte[] {each}, 1);
          sleep(Duration.ofMillis(20));
        }
      }
      case TWICE -> {
        line.whole(request);
        byte[] second = line.whole(request);
        send(out, second, second.length);
      }
      default -> line.pass(request, out);
    }
    return true;
  }

  private void late(Duration delay, Request request) throws IOException {
    sleep(delay);
    try (Line own = new Line()) {
      own.whole(request);
    }
  }

  private void said(int status, OutputStream out) throws IOException {
    String text = "HTTP/1.1 %d Fault\r\ncontent-length: 3\r\n\r\nno\n".formatted(status);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    send(out, bytes, bytes.length);
  }

  private void send(OutputStream out, byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
    received.addAndGet(length);
  }

  private void hold() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
    throw new IOException("closed");
  }

  private static void sleep(Duration duration) throws IOException {
    try {
      Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  /** What breaks here is a line, and whoever is at its ends sees that. */
  private void run(Talk talk) {
    Thread thread =
        new Thread(
            () -> {
              try {
                talk.run();
              } catch (IOException broken) {
                return;
              }
            },
            "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception already) {
      return;
    }
  }

  @FunctionalInterface
  private interface Talk {
    void run() throws IOException;
  }

  /** The connection to the server, made when it is first needed. */
  private final class Line implements AutoCloseable {
    private Socket socket;
    private InputStream in;

    void send(Request request) throws IOException {
      if (socket == null) {
        socket = new Socket(InetAddress.getLoopbackAddress(), server);
        socket.setTcpNoDelay(true);
        open.add(socket);
        in = new BufferedInputStream(socket.getInputStream());
      }
      socket.getOutputStream().write(request.bytes());
    }

    /** The server's whole answer. */
    byte[] whole(Request request) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      send(request);
      HttpMessage head = head();
      all.write(head.bytes());
      head.passBody(in, all);
      return all.toByteArray();
    }

    /** Passes the server's answer on while it comes. */
    void pass(Request request, OutputStream out) throws IOException {
      send(request);
      HttpMessage head = head();
      out.write(head.bytes());
      out.flush();
      received.addAndGet(head.bytes().length + head.passBody(in, out));
    }

    private HttpMessage head() throws IOException {
      return HttpMessage.readHead(in).orElseThrow(() -> new IOException("hung up"));
    }

    @Override
    public void close() {
      if (socket != null) {
        open.remove(socket);
        shut(socket);
      }
    }
  }
}
