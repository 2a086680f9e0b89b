package dev.cairn.bench;

import java.io.IOException;
import java.util.List;

/** Another writer on a libSQL server: a small change every 20 ms, and how long each one took. */
final class OtherWriter extends Thread implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private final HranaRequests server;
  private final Sample waits = new Sample();
  private volatile boolean ends;

  private OtherWriter(HranaRequests server) {
    super("other-writer");
    this.server = server;
  }

  /** Begins to write. */
  static OtherWriter on(int port, String database) throws IOException, InterruptedException {
    OtherWriter writer = new OtherWriter(new HranaRequests(port, database));
    writer.server.run("CREATE TABLE other_work (at INTEGER)", List.of());
    writer.start();
    return writer;
  }

  @Override
  public void run() {
    try {
      while (!ends) {
        long from = System.nanoTime();
        server.run("INSERT INTO other_work VALUES (?)", List.of(HranaRequests.whole(from)));
        waits.add((System.nanoTime() - from) / 1e6);
        sleep(EVERY_MILLIS);
      }
    } catch (IOException | InterruptedException lost) {
      throw new IllegalStateException("the other writer failed", lost);
    }
  }

  /** Ends, and gives how long its writes took, in milliseconds. */
  Sample waits() throws InterruptedException {
    ends = true;
    join();
    return waits;
  }

  @Override
  public void close() {
    ends = true;
  }
}
