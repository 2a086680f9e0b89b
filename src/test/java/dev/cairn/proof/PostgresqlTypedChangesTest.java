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
        "CREATE DOMAIN email AS text NOT NULL CHECK (value LIKE '%@%')",
        "CREATE TABLE parts (id integer, region text, v text, mail email, doc jsonb, tags text[],"
            + " seen timestamptz, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a')",
        "CREATE TABLE parts_b PARTITION OF parts FOR VALUES IN ('b')",
        "INSERT INTO parts SELECT g, CASE WHEN g % 2 = 0 THEN 'a' ELSE 'b' END, 'v' || g, g || '@x',"
            + " '{\"k\": 1}', '{a,b}', '2026-02-02' FROM generate_series(1, 8) AS g",
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
            "UPDATE customers SET credit = 10.5 WHERE id = 1",
            "UPDATE notes SET id = id + 100 WHERE id < 3",
            "UPDATE parts SET region = 'b' WHERE id < 5",
            "UPDATE parts SET v = upper(v), mail = mail || '!' WHERE doc ? 'k' AND tags @> '{a}'",
            "DELETE FROM parts WHERE doc->>'k' = '1' AND seen AT TIME ZONE 'UTC' > E'2026-01-01'",
            "INSERT INTO parts SELECT id + 50, region, v, mail, doc, tags, seen FROM parts RETURNING *")) {
      String before = all();

      assertThat(cairn.exits(0, change + ";")).as(change).doesNotContain("can't take this back");
      assertThat(all()).as(change).isNotEqualTo(before);
      undo();

      assertThat(all()).as(change).isEqualTo(before);
    }
  }

  @Test
  void what_a_trigger_makes_of_a_row_is_journalled_and_what_it_writes_elsewhere_is_said()
      throws Exception {
    run(
        "ALTER TABLE orders ADD touched timestamptz",
        "CREATE TABLE audit (what text)",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN NEW.touched := clock_timestamp(); RETURN NEW; END $$",
        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO audit VALUES (TG_OP); RETURN NULL; END $$",
        "CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()");
    String before = all();
    assertThat(cairn.exits(0, "UPDATE orders SET status = 'x' WHERE amount > 3;"))
        .doesNotContain("can't take");
    undo();
    assertThat(all()).isEqualTo(before);

    run("CREATE TRIGGER audit AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION audit()");
    assertThat(cairn.exits(0, "DELETE FROM orders WHERE amount > 20;"))
        .contains("undo can't take back what the trigger audit of orders writes besides");
    undo();
    assertThat(all()).isEqualTo(before);
    assertThat(rows("SELECT count(*) FROM audit")).isEqualTo("[10]\n");
    assertThat(
            rows("SELECT string_agg(tgenabled::text, '') FROM pg_trigger WHERE NOT tgisinternal"))
        .isEqualTo("[OO]\n");
  }

  @Test
  void a_transaction_of_ones_own_is_all_or_nothing() throws Exception {
    String before = all();
    assertThat(
            cairn.exits(
                1,
                List.of("--yes", "--keep-going"),
                "BEGIN;",
                "INSERT INTO customers (id, name) VALUES (50, 'New');",
                "INSERT INTO customers (id, name) VALUES (1, 'Ann again');",
                "UPDATE orders SET status = 'lost' WHERE id = 1;",
                "COMMIT;",
                "BEGIN;",
                "SELECT 1/0;",
                "ROLLBACK;",
                "UPDATE customers SET name = 'Ann' WHERE id = 1;"))
        .contains(
            "duplicate key", "a statement of this transaction failed", "nothing was committed");
    assertThat(all()).isEqualTo(before);
    assertThat(rows("SELECT run, status FROM cairn_run")).isEqualTo("[1, SUCCEEDED]\n");

    cairn.exits(
        0,
        "BEGIN;",
        "INSERT INTO customers (id, name) VALUES (50, 'New');",
        "INSERT INTO customers (id, name) VALUES (51, 'Newer') RETURNING id;",
        "UPDATE customers SET name = 'Newest' WHERE id = 51;",
        "DELETE FROM customers WHERE id = 1;",
        "COMMIT;");
    assertThat(rows("SELECT run, status FROM cairn_run ORDER BY run").lines()).hasSize(4);
    undo();
    undo(3);
    undo(2);
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void a_row_that_somebody_changed_since_is_left_and_listed() throws Exception {
    cairn.exits(0, "UPDATE orders SET status = 'sent' WHERE amount > 20;");
    run("UPDATE orders SET status = 'paid' WHERE amount = 25");

    String told = cairn.run(List.of("--plan", cairn.token("plan undo")), "undo");

    assertThat(told).contains("\"updated\":9", "\"kept\":1");
    assertThat(rows("SELECT status, count(*) FROM orders GROUP BY 1 ORDER BY 1"))
        .isEqualTo("[open, 29]\n[paid, 1]\n");
  }

  @Test
  void undo_takes_no_row_along_that_came_to_refer_to_another_since() throws Exception {
    cairn.exits(0, "INSERT INTO customers (id, name) VALUES (50, 'New');");
    run("INSERT INTO orders (customer_id, amount) VALUES (50, 1)");

    assertThat(cairn.run(List.of("--plan", cairn.token("plan undo")), "undo"))
        .contains("\"kept\":1", "\"deleted\":0");
    assertThat(rows("SELECT count(*) FROM orders WHERE customer_id = 50")).isEqualTo("[1]\n");
  }

  private void undo(int run) throws Exception {
    cairn.run(List.of("--plan", cairn.token("plan undo " + run)), "undo " + run);
  }

  private void undo() throws Exception {
    cairn.run(List.of("--plan", cairn.token("plan undo")), "undo");
  }

  private String all() throws SQLException {
    return rows("SELECT * FROM customers ORDER BY id")
        + rows("SELECT * FROM orders ORDER BY id")
        + rows("SELECT * FROM notes ORDER BY id")
        + rows("SELECT tableoid::regclass, * FROM parts ORDER BY id, region");
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
