package dev.cairn.proof;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A way to a PostgreSQL server on which lines break at the moments that matter: just before a
 * COMMIT, just after one, or so that the COMMIT comes to the server long after the line to the
 * client is gone. It reads the messages both ways; the server's word says that a COMMIT was done.
 */
final class PostgresqlProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final Supplier<Fault> faults;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What becomes of a COMMIT. */
  enum Kind {
    NONE,
    /** The line breaks, and the server never hears of the COMMIT. */
    CUT_BEFORE,
    /** It is done, and the line breaks in place of the answer. */
    CUT_AFTER,
    /** The line to the client breaks at once, and the server gets the COMMIT later. */
    LATE,
    /** The answer takes its time. */
    SLOW,
    /** It is done, and no answer ever comes. */
    HELD
  }

  /** One of these, and for how long where that matters. */
  record Fault(Kind kind, int millis) {
    static final Fault NONE = new Fault(Kind.NONE, 0);
  }

  private PostgresqlProxy(String host, int port, Supplier<Fault> faults) throws IOException {
    this.host = host;
    this.port = port;
    this.faults = faults;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * One in front of a server.
   *
   * @param url any of the server's databases
   * @param faults asked at each COMMIT
   */
  static PostgresqlProxy before(String url, Supplier<Fault> faults) throws IOException {
    String place = url.replaceAll(".*@([^/]*)/.*", "$1");
    int colon = place.lastIndexOf(':');
    PostgresqlProxy proxy =
        new PostgresqlProxy(
            place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)), faults);
    started("proxy", proxy::accept);
    return proxy;
  }

  /** The same database by this way. */
  String url(String direct) {
    return direct.replaceAll("@[^/]*/", "@127.0.0.1:" + listening.getLocalPort() + "/")
        + "?sslmode=disable";
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(PostgresqlProxy::shut);
  }

  private void accept() throws IOException {
    while (!listening.isClosed()) {
      Socket client = listening.accept();
      Socket server = new Socket(host, port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(client);
      open.add(server);
      Line line = new Line(client, server);
      started("there", line::there);
      started("back", line::back);
    }
  }

  /** One client's connection. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private final Set<String> commits = new HashSet<>();
    private volatile Fault now = Fault.NONE;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** From the client to the server. */
    void there() throws IOException {
      try {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        int length = in.readInt(); // the first message has no type
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(in.readNBytes(length - 4));
        out.flush();
        while (true) {
          byte[] message = message(in);
          if (message.length == 0) {
            break;
          }
          if (isCommit(message)) {
            now = faults.get();
            if (now.kind() == Kind.CUT_BEFORE) {
              break;
            }
            if (now.kind() == Kind.LATE) {
              late(message, in, out);
              return;
            }
          }
          out.write(message);
          if (in.available() == 0) {
            out.flush();
          }
        }
      } catch (IOException ended) {
        shut(client);
      }
      shut(client);
      if (now.kind() != Kind.HELD) {
        shut(server);
      }
    }

    /** The client sees its line break, and the server gets all that it had sent. */
    private void late(byte[] commit, DataInputStream in, OutputStream out) throws IOException {
      byte[] rest = message(in); // Execute
      byte[] sync = message(in);
      shut(client);
      try {
        Thread.sleep(now.millis());
        for (byte[] part : new byte[][] {commit, rest, sync}) {
          out.write(part);
        }
        out.flush();
        Thread.sleep(50); // its answer is of no interest to anybody
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      shut(server);
    }

    /** From the server to the client. */
    void back() throws IOException {
      try {
        DataInputStream in = new DataInputStream(server.getInputStream());
        OutputStream out = client.getOutputStream();
        while (true) {
          byte[] message = message(in);
          if (message.length == 0) {
            break;
          }
          if (message[0] == 'C' && text(message, 5).equals("COMMIT")) {
            Fault fault = now;
            now = Fault.NONE;
            if (fault.kind() == Kind.CUT_AFTER) {
              break;
            }
            if (fault.kind() == Kind.HELD) {
              return; // both lines stay, and nothing more comes
            }
            if (fault.kind() == Kind.SLOW) {
              Thread.sleep(fault.millis());
            }
          }
          out.write(message);
          if (in.available() == 0) {
            out.flush();
          }
        }
      } catch (IOException ended) {
        shut(client);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      shut(client);
      if (now.kind() != Kind.LATE) {
        shut(server);
      }
    }

    /** Statements are known by name from their second use on. */
    private boolean isCommit(byte[] message) {
      String first = text(message, 5);
      int next = 5 + first.getBytes(StandardCharsets.UTF_8).length + 1;
      if (message[0] == 'P') {
        if (text(message, next).equals("COMMIT")) {
          commits.add(first);
        } else {
          commits.remove(first);
        }
        return false;
      }
      return message[0] == 'B' && commits.contains(text(message, next));
    }
  }

  /** A whole message with its type and length; empty where there is no other. */
  private static byte[] message(DataInputStream in) throws IOException {
    int type = in.read();
    if (type < 0) {
      return new byte[0];
    }
    int length = in.readInt();
    ByteBuffer whole = ByteBuffer.allocate(length + 1).put((byte) type).putInt(length);
    return whole.put(in.readNBytes(length - 4)).array();
  }

  private static String text(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    return new String(message, from, end - from, StandardCharsets.UTF_8);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      return;
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void started(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                return; // the line, or the proxy, is closed
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
