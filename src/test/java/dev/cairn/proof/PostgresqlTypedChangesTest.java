package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people type on PostgreSQL: journalled with its rows, taken back by undo, told by another.
 */
class PostgresqlTypedChangesTest {
  @TempDir Path folder;

  private Connection other;
  private LiveCairn cairn;

  @BeforeEach
  void start() throws SQLException {
    String url = PostgresqlServer.get().database();
    other = PostgresqlServer.connect(url);
    cairn = new LiveCairn(folder, url);
    run(
        "CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL, credit numeric)",
        "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,"
            + " status text, amount numeric(10,2), twice numeric GENERATED ALWAYS AS (amount * 2) STORED)",
        "CREATE TABLE notes (id integer PRIMARY KEY, order_id bigint REFERENCES orders"
            + " ON DELETE SET NULL, note text)",
        "INSERT INTO customers VALUES (1, 'Ann', 10.50), (2, 'Bob', NULL), (3, 'Cy', 0)",
        "INSERT INTO orders (customer_id, status, amount) SELECT 1 + g % 3, 'open', g"
            + " FROM generate_series(1, 30) AS g",
        "INSERT INTO notes SELECT g, g, 'n' || g FROM generate_series(1, 10) AS g");
  }

  @AfterEach
  void stop() throws SQLException {
    other.close();
  }

  @Test
  void without_a_word_of_agreement_nothing_runs() throws Exception {
    String before = all();

    assertThat(cairn.exits(3, List.of(), "UPDATE orders SET status = 'x' WHERE amount > 5;"))
        .contains("was not run");
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void each_kind_of_change_is_taken_back() throws Exception {
    for (String change :
        List.of(
            "UPDATE orders SET status = 'sent', amount = amount + 0.5 WHERE amount > 20",
            "UPDATE orders o SET status = c.name FROM customers c WHERE c.id = o.customer_id AND c.id < 3",
            "WITH big AS (SELECT id FROM orders WHERE amount > 25) UPDATE orders SET status = NULL"
                + " FROM big WHERE big.id = orders.id -- those",
            "DELETE FROM orders WHERE amount > 20",
            "DELETE FROM orders USING customers c WHERE c.id = customer_id AND c.name = 'Bob'",
            "DELETE FROM customers WHERE id = 1",
            "INSERT INTO orders (customer_id, status, amount) SELECT 2, 'new', amount FROM orders",
            "INSERT INTO customers (id, name) VALUES (2, 'Bobby'), (9, 'Zed')"
                + " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            "INSERT INTO customers (id, name) VALUES (2, 'Bobby'), (9, 'Zed') ON CONFLICT DO NOTHING",
            "INSERT INTO customers VALUES (20, 'Eve', 3.10), (21, 'Fay', NULL)",
            "UPDATE customers SET credit = 10.5 WHERE id = 1")) {
      String before = all();

      assertThat(cairn.exits(0, change + ";")).as(change).doesNotContain("can't take this back");
      assertThat(all()).as(change).isNotEqualTo(before);
      undo();

      assertThat(all()).as(change).isEqualTo(before);
    }
  }

  private void undo() throws Exception {
    cairn.run(List.of("--plan", cairn.token("plan undo")), "undo");
  }

  private String all() throws SQLException {
    return rows("SELECT * FROM customers ORDER BY id")
        + rows("SELECT * FROM orders ORDER BY id")
        + rows("SELECT * FROM notes ORDER BY id");
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = other.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = other.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return String.join("\n", rows) + "\n";
  }
}
