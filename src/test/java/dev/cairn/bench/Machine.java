package dev.cairn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** What it was measured on, without any name of the machine. */
final class Machine {
  private static final double LOAD_BEFORE =
      ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

  private Machine() {}

  /** Looks how busy the machine is before the benchmark itself makes it so. */
  static double load() {
    return LOAD_BEFORE;
  }

  static String description() {
    return String.format(
        Locale.ROOT,
        "%d cores (load %.1f before), %s %s, JDK %s, sqlite3 shell %s, sqlite-jdbc with SQLite %s",
        Runtime.getRuntime().availableProcessors(),
        LOAD_BEFORE,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        shellVersion(),
        driverVersion());
  }

  private static String shellVersion() {
    try {
      Process shell = new ProcessBuilder("sqlite3", "--version").start();
      try (BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
        return answer.readLine().split(" ")[0];
      }
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String driverVersion() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        ResultSet version = connection.createStatement().executeQuery("SELECT sqlite_version()")) {
      return version.getString(1);
    } catch (SQLException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
