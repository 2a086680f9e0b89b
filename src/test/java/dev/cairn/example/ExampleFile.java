package dev.cairn.example;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An example database that was just written, with what was planted in it, to ask questions of. */
record ExampleFile(Path path, Planted planted, Connection connection) implements AutoCloseable {

  static ExampleFile write(Path folder, double scale, long seed) throws Exception {
    Path path = folder.resolve("liveone-" + scale + "-" + seed + "-" + System.nanoTime() + ".db");
    Planted planted = LiveOne.write(path, scale, seed, line -> {});
    return new ExampleFile(path, planted, DriverManager.getConnection("jdbc:sqlite:" + path));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    return ((Number) rows(sql).get(0).get(0)).longValue();
  }

  List<Object> column(String sql) throws SQLException {
    return rows(sql).stream().map(row -> row.get(0)).toList();
  }

  List<List<Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  List<String> tables() throws SQLException {
    return column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                + " ORDER BY name")
        .stream()
        .map(String.class::cast)
        .toList();
  }

  /** A hash over the schema and every value of every row, with its type. */
  String contentHash() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    add(digest, rows("SELECT name, sql FROM sqlite_schema ORDER BY name"));
    for (String table : tables()) {
      add(digest, rows("SELECT * FROM " + table + " ORDER BY rowid"));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, List<List<Object>> rows) {
    for (List<Object> row : rows) {
      for (Object value : row) {
        // How a double is printed depends on the JDK; its bits don't.
        String text =
            value instanceof Double number
                ? "d" + Double.doubleToLongBits(number)
                : value == null ? "null" : value.getClass().getSimpleName() + value;
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
