package dev.cairn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Setting;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import dev.cairn.sql.tree.Update;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {

  @Test
  void for_key_behind_the_set_names_the_table_to_be_joined() {
    Update update = (Update) sqlite("UPDATE t SET a = 1 FOR KEY parent AS p WHERE p.x = 2");
    assertThat(update.forKey().orElseThrow().name().text()).isEqualTo("parent");
    assertThat(update.forKey().orElseThrow().label().text()).isEqualTo("p");
    assertThat(update.where()).isPresent();
    assertThat(update.from()).isEmpty();
  }

  @Test
  void for_key_behind_a_joined_table_is_that_tables() {
    String text = "UPDATE t SET a = 1 FROM u JOIN p FOR KEY WHERE p.x = 2";
    Update update = (Update) sqlite(text);
    From.Join join = (From.Join) update.from().orElseThrow();
    assertThat(((From.TableRef) join.right()).forKey()).isTrue();
    assertThat(((From.TableRef) join.left()).forKey()).isFalse();
    assertThat(update.forKey()).isEmpty();
    assertThat(join.span().in(text)).isEqualTo("u JOIN p FOR KEY");
    assertThat(join.right().span().in(text)).isEqualTo("p");
  }

  @Test
  void for_key_of_a_delete_may_stand_before_or_behind_its_using() {
    for (String text :
        new String[] {
          "DELETE FROM t FOR KEY p WHERE p.x = 1", "DELETE FROM t FOR KEY p USING q WHERE q.x = p.x"
        }) {
      assertThat(((Delete) sqlite(text)).forKey().orElseThrow().name().text()).isEqualTo("p");
    }
  }

  @Test
  void postgresqls_locks_are_no_keys() {
    Query query = (Query) postgresql("SELECT a FROM t JOIN u ON t.a = u.a FOR KEY SHARE OF t");
    From.Join join = (From.Join) ((Query.Select) query.body()).from().orElseThrow();
    assertThat(((From.TableRef) join.right()).forKey()).isFalse();
  }

  /** What Calcite's own lexer would make something else of, without a word. */
  @ParameterizedTest
  @ValueSource(strings = {"0x1F", "1e5", "x'00ff'", "'it''s'", "-5", "1.5"})
  void a_constant_is_one_constant(String written) {
    String text = "SELECT " + written;
    Query.Select select = (Query.Select) ((Query) sqlite(text)).body();
    assertThat(select.items()).hasSize(1);
    Query.SelectItem item = select.items().get(0);
    assertThat(item.alias()).isEmpty();
    assertThat(((Expr.Literal) item.expr()).text()).isEqualTo(written);
    assertThat(item.expr().span().in(text)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$$abc$$", "$q$it's -- $$ ;$q$", "E'a\\'b'", "U&'\\0061'", "interval '1 day'"})
  void so_is_one_of_postgresqls(String written) {
    String text = "SELECT " + written + " AS x";
    Query.Select select = (Query.Select) ((Query) postgresql(text)).body();
    assertThat(select.items()).hasSize(1);
    assertThat(((Expr.Literal) select.items().get(0).expr()).text()).isEqualTo(written);
  }

  @Test
  void two_slashes_are_no_comment() {
    assertThat(sqlite("SELECT a // b")).isInstanceOf(Opaque.class);
  }

  @Test
  void the_and_of_a_between_is_its_own() {
    Delete delete = (Delete) sqlite("DELETE FROM t WHERE a BETWEEN 1 AND 2 AND b = 3");
    Expr.And and = (Expr.And) delete.where().orElseThrow();
    assertThat(and.operands()).hasSize(2);
    assertThat(((Expr.Operation) and.operands().get(0)).operands()).hasSize(3);
  }

  @Test
  void a_limit_on_what_is_changed_is_not_lost() {
    Delete delete = (Delete) sqlite("DELETE FROM t WHERE a = 1 ORDER BY b DESC LIMIT 5 OFFSET 2");
    assertThat(delete.orderBy()).hasSize(1);
    assertThat(((Expr.Literal) delete.limit().orElseThrow()).text()).isEqualTo("5");
    assertThat(((Expr.Literal) delete.offset().orElseThrow()).text()).isEqualTo("2");
  }

  @Test
  void limit_a_b_leaves_a_out() {
    Query query = (Query) sqlite("SELECT a FROM t LIMIT 10, 5");
    assertThat(((Expr.Literal) query.limit().orElseThrow()).text()).isEqualTo("5");
    assertThat(((Expr.Literal) query.offset().orElseThrow()).text()).isEqualTo("10");
  }

  @Test
  void a_cte_that_changes_rows_is_a_statement() {
    String text = "WITH d AS (DELETE FROM t RETURNING id) UPDATE u SET a = 1 FROM d";
    Update update = (Update) postgresql(text);
    Statement body = update.with().orElseThrow().ctes().get(0).body();
    assertThat(body).isInstanceOf(Delete.class);
    assertThat(body.span().in(text)).isEqualTo("DELETE FROM t RETURNING id");
  }

  @Test
  void the_verb_counts_not_the_first_word() {
    assertThat(postgresql("WITH values AS (SELECT 1) DELETE FROM t")).isInstanceOf(Delete.class);
    assertThat(sqlite("REPLACE INTO t VALUES (1)"))
        .isInstanceOfSatisfying(
            Insert.class, insert -> assertThat(insert.orAction()).isEqualTo("REPLACE"));
  }

  @Test
  void explain_analyze_executes_on_postgresql_only() {
    assertThat(((Explain) postgresql("EXPLAIN (ANALYZE, COSTS) DELETE FROM t")).executes())
        .isTrue();
    Explain plain = (Explain) sqlite("EXPLAIN QUERY PLAN DELETE FROM t");
    assertThat(plain.executes()).isFalse();
    assertThat(plain.statement()).isInstanceOf(Delete.class);
  }

  @Test
  void settings_and_transactions_are_known_by_their_words() {
    assertThat(((Setting) sqlite("PRAGMA table_info(t)")).reads()).isTrue();
    assertThat(((Setting) sqlite("PRAGMA foreign_keys = OFF")).reads()).isFalse();
    assertThat(((TransactionControl) sqlite("rollback to s")).kind())
        .isEqualTo(TransactionControl.Kind.SAVEPOINT);
    assertThat(postgresql("COMMIT AND CHAIN")).isInstanceOf(Opaque.class);
  }

  @Test
  void an_opaque_statement_says_how_far_it_was_understood() {
    String text = "  DELETE FROM t WHERE a = 1 frobnicate ; ";
    Opaque opaque = (Opaque) sqlite(text);
    assertThat(opaque.offset()).isEqualTo(text.indexOf("frobnicate"));
    assertThat(opaque.reason()).isEqualTo("unexpected frobnicate");
    assertThat(sqlite("DELETE FROM t WHERE a = = 1")).isInstanceOf(Opaque.class);
    assertThat(sqlite("DELETE FROM t FOR KEY p USING q FOR KEY r")).isInstanceOf(Opaque.class);
    assertThat(((Opaque) sqlite("DELETE FROM t; DELETE FROM u")).reason())
        .contains("more than one");
    assertThat(sqlite("")).isInstanceOf(Opaque.class);
  }

  @Test
  void parts_of_a_text_are_read_at_their_places() {
    String text = "CREATE INDEX i ON t (a) WHERE b = 'x'";
    int from = text.indexOf("b =");
    Expr where = SqlParser.parseExpression(text, from, text.length(), Flavour.SQLITE).orElseThrow();
    assertThat(where.span()).isEqualTo(new Span(from, text.length()));
    assertThat(SqlParser.parseExpression(text, 0, text.length(), Flavour.SQLITE)).isEmpty();
    assertThat(SqlParser.parseQuery("x SELECT 1", 2, 10, Flavour.SQLITE).orElseThrow().span())
        .isEqualTo(new Span(2, 10));
  }

  static Stream<String> enormous() {
    return Stream.of(
        "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
        "SELECT " + "(SELECT ".repeat(10_000) + "1" + ")".repeat(10_000),
        "SELECT " + "CASE WHEN ".repeat(10_000) + "1" + " THEN 1 END".repeat(10_000),
        "SELECT * FROM t WHERE a" + " AND a".repeat(50_000),
        "SELECT * FROM t WHERE a" + " OR NOT a".repeat(50_000),
        "SELECT a" + " || a".repeat(50_000),
        "SELECT " + "NOT ".repeat(50_000) + "a",
        "SELECT " + "- ".repeat(50_000) + "a",
        "SELECT a" + " ISNULL".repeat(50_000),
        "SELECT 1" + " UNION SELECT 1".repeat(50_000),
        "SELECT * FROM t" + ", t".repeat(50_000),
        "SELECT * FROM t" + " JOIN t USING (a)".repeat(20_000),
        "EXPLAIN ".repeat(50_000) + "SELECT 1",
        "WITH x AS (".repeat(10_000) + "DELETE FROM t" + ") DELETE FROM t".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("enormous")
  void what_is_too_deep_is_opaque_and_soon_so(String text) {
    for (Flavour flavour : Flavour.values()) {
      Statement statement =
          Assertions.assertTimeout(
              Duration.ofSeconds(30), () -> SqlParser.parse(text, flavour), text.substring(0, 40));
      assertThat(statement).isInstanceOf(Opaque.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void long_lists_are_read(Flavour flavour) {
    String items = String.join(",", Collections.nCopies(100_000, "1"));
    Query query = (Query) SqlParser.parse("SELECT a FROM t WHERE a IN (" + items + ")", flavour);
    Expr where = ((Query.Select) query.body()).where().orElseThrow();
    assertThat(((Expr.InList) where).items()).hasSize(100_000);
    String line = "SELECT '" + "x".repeat(10_000_000) + "'";
    assertThat(SqlParser.parse(line, flavour)).isInstanceOf(Query.class);
  }

  @ParameterizedTest
  @EnumSource
  void what_people_nest_is_read(Flavour flavour) {
    for (String text :
        new String[] {
          "SELECT " + "(".repeat(140) + "1" + ")".repeat(140),
          "SELECT " + "(SELECT ".repeat(140) + "1" + ")".repeat(140),
          "SELECT * FROM " + "(SELECT * FROM ".repeat(140) + "t" + ") q".repeat(140),
          "SELECT a" + " OR b = 1".repeat(450)
        }) {
      assertThat(SqlParser.parse(text, flavour)).isInstanceOf(Query.class);
    }
  }

  private static Statement sqlite(String text) {
    return SqlParser.parse(text, Flavour.SQLITE);
  }

  private static Statement postgresql(String text) {
    return SqlParser.parse(text, Flavour.POSTGRESQL);
  }
}
