package dev.cairn.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A wire to a port on which all that comes back is late, in order and whole. */
final class SlowWire implements AutoCloseable {
  private final ServerSocket listening;
  private final int to;
  private final long lateMillis;

  SlowWire(int to, long lateMillis) throws IOException {
    this.to = to;
    this.lateMillis = lateMillis;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() throws IOException {
    while (!listening.isClosed()) {
      Socket near = listening.accept();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
      start(() -> near.getInputStream().transferTo(far.getOutputStream()));
      DelayQueue<Late> queue = new DelayQueue<>();
      start(() -> read(far.getInputStream(), queue));
      start(() -> write(queue, near.getOutputStream()));
    }
  }

  private void read(InputStream in, DelayQueue<Late> queue) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lateMillis);
      queue.add(new Late(due, java.util.Arrays.copyOf(buffer, read)));
    }
  }

  private static void write(DelayQueue<Late> queue, OutputStream out) throws IOException {
    try {
      while (true) {
        out.write(queue.take().bytes);
        out.flush();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bytes that are due at a moment of the nano clock. */
  private static final class Late implements Delayed {
    private final long due;
    private final byte[] bytes;

    Late(long due, byte[] bytes) {
      this.due = due;
      this.bytes = bytes;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due, ((Late) other).due);
    }
  }

  /** Work that ends with its connection. */
  private interface Wiring {
    void run() throws IOException;
  }

  private static void start(Wiring wiring) {
    Thread thread =
        new Thread(
            () -> {
              try {
                wiring.run();
              } catch (IOException ended) {
                Thread.currentThread().interrupt(); // nothing is left to do in it
              }
            },
            "slow-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
