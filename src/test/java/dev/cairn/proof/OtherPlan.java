package dev.cairn.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Plans that have nothing to do with the point migration, each with its data and its oracle. */
enum OtherPlan {
  CUSTOMERS(
      "customers",
      """
      CREATE TABLE crm_contacts (code TEXT PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT,
        credit REAL, note BLOB);
      CREATE TABLE customers (code TEXT PRIMARY KEY, full_name TEXT NOT NULL, email TEXT, credit REAL,
        note BLOB, imported_from TEXT NOT NULL) WITHOUT ROWID;
      INSERT INTO crm_contacts SELECT printf('%s-%05d', substr('ABCÄ日', 1 + n % 5, 1), n * 7919 % 100003),
        substr('AnnaÜmitÉric', 1 + n % 9, 4), 'Nr. ' || n, CASE WHEN n % 7 THEN 'User' || n || '@Example.org' END,
        n % 13 * 0.1, CASE n % 3 WHEN 0 THEN randomblob(0) WHEN 1 THEN 'text ' || n END
        FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 4000) SELECT n FROM c);
      INSERT INTO customers SELECT code, trim(first_name || ' ' || last_name), lower(email), credit, note, 'web'
        FROM crm_contacts WHERE length(last_name) % 2 = 0 AND credit < 0.4;
      UPDATE customers SET credit = -1 WHERE credit BETWEEN 0.15 AND 0.25
      """,
      """
      INSERT INTO customers SELECT code, trim(first_name || ' ' || last_name), lower(email), credit, note, 'crm'
        FROM crm_contacts WHERE true ON CONFLICT (code) DO UPDATE SET full_name = excluded.full_name,
        email = excluded.email, credit = excluded.credit, note = excluded.note
      """,
      ""),
  DAILY_SALES(
      "daily_sales",
      """
      CREATE TABLE orders (id INTEGER PRIMARY KEY, shop TEXT NOT NULL, placed_at TEXT NOT NULL, cents INTEGER,
        state TEXT NOT NULL);
      CREATE TABLE daily_sales (shop TEXT NOT NULL, day TEXT NOT NULL, orders INTEGER NOT NULL, cents INTEGER,
        first_order INTEGER, UNIQUE (day, shop));
      INSERT INTO orders SELECT n, substr('OldNewBig', 1 + n % 3 * 3, 3),
        datetime(1735689600 + n * 7321, 'unixepoch'), CASE WHEN n % 17 THEN n * 31 % 5000 END,
        CASE WHEN n % 11 THEN 'paid' ELSE 'cancelled' END
        FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 6000) SELECT n FROM c);
      INSERT INTO daily_sales SELECT shop, date(placed_at), count(*), sum(cents), min(id) FROM orders
        WHERE state <> 'cancelled' AND placed_at < '2025-02' GROUP BY 1, 2;
      UPDATE daily_sales SET cents = 0 WHERE day LIKE '%-07'
      """,
      """
      INSERT INTO daily_sales SELECT shop, date(placed_at), count(*), sum(cents), min(id) FROM orders
        WHERE state <> 'cancelled' GROUP BY 1, 2 ON CONFLICT (shop, day) DO NOTHING
      """,
      ""),
  CONTACT_POINTS(
      "contact_points",
      """
      CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, phone TEXT, fax TEXT, joined TEXT);
      CREATE TABLE contact_points (id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES people (id), kind TEXT NOT NULL, value TEXT,
        preferred INTEGER DEFAULT 7, since TEXT, UNIQUE (person_id, kind));
      INSERT INTO people SELECT n * 3, CASE WHEN n % 4 THEN 'p' || n || '@example.org' END,
        '0' || n % 10 || ' ' || n, CASE WHEN n % 50 = 0 THEN 'F' || n END, date(1700000000 + n * 86400, 'unixepoch')
        FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) SELECT n FROM c);
      INSERT INTO contact_points (person_id, kind, value, preferred, since)
        SELECT id, 'email', email, NULL, joined FROM people WHERE id % 30 = 0
      """,
      """
      INSERT INTO contact_points (person_id, kind, value, preferred, since)
        SELECT id, 'email', email, NULL, joined FROM people
        UNION ALL SELECT id, 'phone', replace(phone, ' ', ''), email IS NULL, joined FROM people
        UNION ALL SELECT id, 'fax', fax, 0, joined FROM people WHERE true
        ON CONFLICT (person_id, kind) DO NOTHING
      """,
      "id");

  static final Path FOLDER = Path.of("src/test/resources/plans").toAbsolutePath();

  private final String plan;
  private final String schema;
  private final String statement;
  private final String number;

  OtherPlan(String plan, String schema, String statement, String number) {
    this.plan = plan;
    this.schema = schema;
    this.statement = statement;
    this.number = number;
  }

  /** The name of the plan and of its target. */
  String plan() {
    return plan;
  }

  /** The target's column that the database numbers, "" where it has none. */
  String number() {
    return number;
  }

  String text() throws IOException {
    return Files.readString(FOLDER.resolve(plan + ".yaml"));
  }

  /** Makes the database that the plan is for. */
  SqliteFile write(Path file) throws SQLException {
    SqliteFile database = new SqliteFile(file);
    database.run(schema.split(";\n"));
    return database;
  }

  /** Does what the plan should, in one statement that a person wrote. */
  void inOneStatement(SqliteFile database) throws SQLException {
    database.run(statement);
  }
}
