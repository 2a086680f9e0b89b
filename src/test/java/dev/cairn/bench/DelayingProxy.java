package dev.cairn.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server, hands on what either sends after half of a round trip's
 * time, and counts. Bytes that follow each other stay as close as they came: a long answer costs
 * its delay once. A new connection costs a round trip of its own, as it does on a long line.
 */
final class DelayingProxy implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  /** Blocks that are under way; a window wide enough not to hold anybody up. */
  private static final int WINDOW = 1_024;

  private final ServerSocket listening;
  private final int server;
  private final long halfNanos;
  private final AtomicLong roundTrips = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();

  private DelayingProxy(int server, long delayMillis) throws IOException {
    this.server = server;
    this.halfNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis) / 2;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread("accepting", this::accept);
  }

  /**
   * Starts one before a server on this machine.
   *
   * @param delayMillis what is added to each round trip
   */
  static DelayingProxy before(int server, long delayMillis) throws IOException {
    return new DelayingProxy(server, delayMillis);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What went over it since the last time. */
  Traffic taken() {
    return new Traffic(
        roundTrips.getAndSet(0),
        connections.getAndSet(0),
        sent.getAndSet(0),
        received.getAndSet(0));
  }

  /**
   * What a client caused.
   *
   * @param roundTrips how often it sent something after it had received something, or nothing yet
   * @param connections how many it opened, each of which is a round trip more
   * @param sent bytes to the server
   * @param received bytes from it
   */
  record Traffic(long roundTrips, long connections, long sent, long received) {}

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        thread("connection", () -> connect(client));
      }
    } catch (IOException closed) {
      return; // nobody is waited for any more
    }
  }

  private void connect(Socket client) {
    try {
      connections.incrementAndGet();
      TimeUnit.NANOSECONDS.sleep(halfNanos * 2);
      Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      AtomicBoolean asks = new AtomicBoolean();
      handOn(
          client,
          behind,
          length -> {
            if (asks.compareAndSet(false, true)) {
              roundTrips.incrementAndGet();
            }
            sent.addAndGet(length);
          });
      handOn(
          behind,
          client,
          length -> {
            asks.set(false);
            received.addAndGet(length);
          });
    } catch (IOException | InterruptedException gone) {
      close(client);
    }
  }

  /** Hears of each block. */
  private interface Meter {
    void passed(int length);
  }

  /** Bytes, and when they are due; a length below 0 stands for the end. */
  private static final class Block {
    private final byte[] bytes;
    private final int length;
    private final long due;

    private Block(byte[] bytes, int length, long due) {
      this.bytes = bytes;
      this.length = length;
      this.due = due;
    }
  }

  private void handOn(Socket from, Socket to, Meter meter) throws IOException {
    BlockingQueue<Block> underWay = new LinkedBlockingQueue<>(WINDOW);
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    thread("reading", () -> read(in, underWay, meter));
    thread(
        "writing",
        () -> {
          write(underWay, out);
          close(from);
          close(to);
        });
  }

  private void read(InputStream in, BlockingQueue<Block> underWay, Meter meter) {
    int length = 0;
    while (length >= 0) {
      byte[] bytes = new byte[BLOCK];
      try {
        length = in.read(bytes);
        if (length > 0) {
          meter.passed(length);
        }
      } catch (IOException cut) {
        length = -1;
      }
      try {
        underWay.put(new Block(bytes, length, System.nanoTime() + halfNanos));
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  private static void write(BlockingQueue<Block> underWay, OutputStream out) {
    try {
      while (true) {
        Block next = underWay.take();
        long early = next.due - System.nanoTime();
        if (early > 0) {
          TimeUnit.NANOSECONDS.sleep(early);
        }
        if (next.length < 0) {
          throw new EOFException();
        }
        out.write(next.bytes, 0, next.length);
        out.flush();
      }
    } catch (IOException | InterruptedException ended) {
      underWay.clear(); // a reader that waits for room goes on, and sees the end itself
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (SocketException already) {
      return; // it is closed either way
    } catch (IOException lost) {
      return; // nothing is owed to it
    }
  }

  private static void thread(String what, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + what);
    thread.setDaemon(true);
    thread.start();
  }
}
