package dev.cairn.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A poller or a dashboard: writes every 20 ms, or reads every 10 ms, until its stdin ends, and
 * notes how long each took.
 */
public final class LiveUserProcess {
  private static final int WARM_UP = 50;

  private final Connection connection;
  private final List<String> samples = new ArrayList<>();

  private LiveUserProcess(Connection connection) {
    this.connection = connection;
  }

  /** Arguments: {@code writer} or {@code reader}, the database, a file for the waits. */
  public static void main(String[] arguments)
      throws SQLException, IOException, InterruptedException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[1])) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 10000");
      }
      LiveUserProcess user = new LiveUserProcess(connection);
      if (arguments[0].equals("writer")) {
        user.write();
      } else {
        user.read();
      }
      try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[2]))) {
        for (String sample : user.samples) {
          out.write(sample);
          out.newLine();
        }
      }
    }
  }

  /** What a poll of Mondo leaves: a session and a reading, system 6, which no plan touches. */
  private void write() throws SQLException, InterruptedException {
    String session =
        "INSERT INTO sessions (system_id, cause, started, duration, successful, num_rows,"
            + " created_at) VALUES (6, 'POLL', ?, 20, 1, 1, ?)";
    String reading =
        "INSERT OR IGNORE INTO point_readings (system_id, point_id, session_id, measurement_time,"
            + " received_time, value) VALUES (6, 1, last_insert_rowid(), ?, ?, 230.5)";
    try (Statement transaction = connection.createStatement();
        PreparedStatement insertSession = connection.prepareStatement(session);
        PreparedStatement insertReading = connection.prepareStatement(reading)) {
      repeat(
          20,
          () -> {
            long now = System.currentTimeMillis();
            transaction.execute("BEGIN IMMEDIATE");
            insertSession.setLong(1, now / 1000);
            insertSession.setLong(2, now / 1000);
            insertSession.executeUpdate();
            insertReading.setLong(1, now);
            insertReading.setLong(2, now);
            insertReading.executeUpdate();
            transaction.execute("COMMIT");
          });
    }
  }

  private void read() throws SQLException, InterruptedException {
    List<long[]> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT point_id, measurement_time FROM point_readings WHERE system_id = 6"
                    + " LIMIT 5000")) {
      while (rows.next()) {
        keys.add(new long[] {rows.getLong(1), rows.getLong(2)});
      }
    }
    Random random = new Random(1);
    String query =
        "SELECT value FROM point_readings WHERE system_id = 6 AND point_id = ?"
            + " AND measurement_time = ?";
    try (PreparedStatement select = connection.prepareStatement(query)) {
      repeat(
          10,
          () -> {
            long[] key = keys.get(random.nextInt(keys.size()));
            select.setLong(1, key[0]);
            select.setLong(2, key[1]);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new SQLException("a row is gone");
              }
            }
          });
    }
  }

  /** A piece of work that waits for others. */
  private interface Work {
    void run() throws SQLException;
  }

  private void repeat(long pauseMillis, Work work) throws SQLException, InterruptedException {
    // Java is slow at first, and that is nobody's lock.
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
      Thread.sleep(2);
    }
    System.out.println("ready");
    Thread input = watchInput();
    while (input.isAlive()) {
      long at = System.currentTimeMillis();
      long started = System.nanoTime();
      work.run();
      samples.add(at + " " + (System.nanoTime() - started) / 1e6);
      Thread.sleep(pauseMillis);
    }
  }

  /** A thread that lives until the process that started this one closes the pipe or is gone. */
  private static Thread watchInput() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException closed) {
                return;
              }
            },
            "stdin");
    watcher.setDaemon(true);
    watcher.start();
    return watcher;
  }
}
