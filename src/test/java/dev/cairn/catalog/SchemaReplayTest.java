package dev.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementSplitter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no SQLite can be asked: PostgreSQL's ways, transactions, what can't be followed. */
class SchemaReplayTest {

  private static SchemaReplay replay(Flavour flavour, String script) {
    SchemaReplay replay = new SchemaReplay(flavour);
    for (Piece piece : StatementSplitter.all(script, flavour)) {
      String text = piece.text(script);
      replay.follow(SqlParser.parse(text, flavour), text);
    }
    return replay;
  }

  private static Table postgresql(String table, String script) {
    SchemaReplay replay = replay(Flavour.POSTGRESQL, script);
    assertThat(replay.skipped()).isEmpty();
    return replay.catalog().table(table).orElseThrow();
  }

  @Test
  void postgresql_names_and_drops_constraints() {
    Table table =
        postgresql(
            "agg",
            "CREATE TABLE public.p (s int, id int, PRIMARY KEY (s, id));"
                + "CREATE TABLE agg (s int, p int, v int, CONSTRAINT agg_pk PRIMARY KEY (s, p),"
                + " UNIQUE (v), FOREIGN KEY (s, p) REFERENCES public.p ON DELETE CASCADE);"
                + "ALTER TABLE agg DROP CONSTRAINT agg_v_key, ADD CONSTRAINT one UNIQUE (v, s),"
                + " ALTER COLUMN v SET NOT NULL, ALTER v TYPE bigint;");
    assertThat(table.keys()).extracting(Key::name).containsExactly("agg_pk", "one");
    assertThat(table.column("v").orElseThrow().notNull()).isTrue();
    assertThat(table.column("v").orElseThrow().type()).isEqualTo("bigint");
    assertThat(table.column("s").orElseThrow().notNull()).isTrue();
    assertThat(table.foreignKeys())
        .containsExactly(
            new ForeignKey(
                "agg", List.of("s", "p"), "p", List.of("s", "id"), "CASCADE", "NO ACTION"));
    Table without =
        postgresql(
            "agg",
            "CREATE TABLE p (s int, id int, PRIMARY KEY (s, id)); CREATE TABLE agg (s int, p int,"
                + " FOREIGN KEY (s, p) REFERENCES p); ALTER TABLE agg DROP CONSTRAINT agg_s_p_fkey;");
    assertThat(without.foreignKeys()).isEmpty();
  }

  @Test
  void a_key_may_take_over_an_index() {
    Table table =
        postgresql(
            "t",
            "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX t_i ON t (a, b);"
                + "ALTER TABLE t ADD CONSTRAINT t_pk PRIMARY KEY USING INDEX t_i;");
    assertThat(table.primaryKey()).containsExactly("a", "b");
  }

  @Test
  void partitions_and_heirs_have_their_parents_columns() {
    Table table =
        postgresql(
            "m1",
            "CREATE TABLE m (id bigserial, at date NOT NULL) PARTITION BY RANGE (at);"
                + "CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');");
    assertThat(table.columns()).extracting(Column::name).containsExactly("id", "at");
  }

  @Test
  void what_a_transaction_takes_back_is_not_there() {
    Catalog catalog =
        replay(
                Flavour.SQLITE,
                "CREATE TABLE a (x); BEGIN; DROP TABLE a; CREATE TABLE b (x); ROLLBACK;"
                    + "BEGIN; CREATE TABLE c (x); COMMIT;")
            .catalog();
    assertThat(catalog.tables()).extracting(Table::name).containsExactly("a", "c");
  }

  @Test
  void a_temporary_table_hides_its_namesake_until_it_is_dropped() {
    SchemaReplay replay =
        replay(Flavour.SQLITE, "CREATE TABLE a (x PRIMARY KEY); CREATE TEMP TABLE a (y);");
    assertThat(replay.catalog().table("a").orElseThrow().column("y")).isPresent();
    String drop = "DROP TABLE a";
    replay.follow(SqlParser.parse(drop, Flavour.SQLITE), drop);
    assertThat(replay.catalog().table("a").orElseThrow().column("x")).isPresent();
  }

  @Test
  void a_view_has_the_columns_of_its_query_and_follows_the_tables_beneath() {
    SchemaReplay replay =
        replay(
            Flavour.SQLITE,
            "CREATE TABLE a (x, y); CREATE VIEW v AS SELECT *, x AS z FROM a;"
                + "CREATE VIEW w (k) AS WITH c AS (SELECT y FROM a) SELECT y FROM c;"
                + "ALTER TABLE a ADD COLUMN n; ALTER TABLE a RENAME TO b;");
    assertThat(replay.catalog().table("v").orElseThrow().columns())
        .extracting(Column::name)
        .containsExactly("x", "y", "n", "z");
    assertThat(replay.catalog().table("v").orElseThrow().sql()).contains("FROM \"b\"");
    assertThat(replay.catalog().table("w").orElseThrow().columns())
        .extracting(Column::name)
        .containsExactly("k");
  }

  @Test
  void what_can_not_be_followed_is_remembered() {
    assertThat(
            replay(
                    Flavour.SQLITE,
                    "CREATE NONSENSE x; ALTER TABLE nosuch ADD a; CREATE INDEX i ON nosuch (a);"
                        + "CREATE TABLE other.t (a); SELECT 1; INSERT INTO t VALUES (1);")
                .skipped())
        .hasSize(4);
    assertThat(replay(Flavour.POSTGRESQL, "DO $$ BEGIN END $$; CALL f();").skipped()).hasSize(2);
  }
}
