package dev.cairn.command;

import dev.cairn.error.ExitCode;
import dev.cairn.report.Format;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Types into sessions on one database file, and looks at it through plain JDBC. */
record Typing(Path file, ByteArrayOutputStream heard) {

  Typing(Path file) {
    this(file, new ByteArrayOutputStream());
  }

  /** A script, with --yes, in a session of its own. */
  ExitCode types(String script) {
    return types(Format.TABLE, true, false, script);
  }

  /** A script in a session that goes on after an error. */
  ExitCode goesOn(String script) {
    return types(Format.TABLE, true, true, script);
  }

  ExitCode types(Format format, boolean yes, boolean keepGoing, String script) {
    Settings usual = Settings.defaults();
    Settings settings =
        new Settings(
            false,
            yes,
            List.of(),
            false,
            false,
            true,
            Optional.of(file.resolveSibling("plans")),
            keepGoing,
            false,
            false,
            false,
            usual.tuning().withFormat(format));
    PrintStream stream = new PrintStream(heard, true, StandardCharsets.UTF_8);
    Interrupts interrupts = new Interrupts();
    try (Session session =
        new Session(settings, new ScriptedConsole(stream, stream, false), interrupts)) {
      session.open(file.toString());
      ScriptRunner runner = new ScriptRunner(session);
      runner.run("", script, true);
      return runner.finish();
    }
  }

  /** All that was said so far. */
  String said() {
    return heard.toString(StandardCharsets.UTF_8);
  }

  /** Changes the file as somebody else would. */
  void outside(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Rows, type and all: a REAL isn't an INTEGER, a blob is {@code x'..'}. */
  List<List<Object>> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(
              value instanceof byte[] bytes
                  ? "x'" + HexFormat.of().formatHex(bytes) + "'"
                  : value instanceof Integer number ? (Object) number.longValue() : value);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  long number(String sql) throws SQLException {
    return (Long) rows(sql).get(0).get(0);
  }
}
