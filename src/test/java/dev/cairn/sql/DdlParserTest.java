package dev.cairn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Ddl.Action;
import dev.cairn.sql.tree.Ddl.AlterTable;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Ddl.CreateIndex;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Ddl.CreateTrigger;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Opaque;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdlParserTest {

  private static Ddl outline(String sql, Flavour flavour) {
    return DdlParser.outline(sql, flavour).orElseThrow(() -> new AssertionError("opaque: " + sql));
  }

  private static CreateTable table(String sql) {
    return (CreateTable) outline(sql, Flavour.SQLITE);
  }

  private static CreateTable postgresqlTable(String sql) {
    return (CreateTable) outline(sql, Flavour.POSTGRESQL);
  }

  private static List<String> columns(CreateTable table) {
    return table.columns().stream()
        .map(each -> each.name().text() + (each.type().isEmpty() ? "" : " " + each.type()))
        .toList();
  }

  private static String path(List<Name> path) {
    return path.stream().map(Name::text).collect(Collectors.joining("."));
  }

  @Test
  void a_columns_constraints_may_stand_in_any_order() {
    CreateTable table =
        table(
            "CREATE TABLE IF NOT EXISTS main.\"point info\" (\n"
                + "  id INTEGER NOT NULL ON CONFLICT IGNORE CHECK (id > 0) PRIMARY KEY DESC ON CONFLICT"
                + " REPLACE AUTOINCREMENT, -- a comment, (\n"
                + "  [name] VARCHAR (10, 2) COLLATE nocase DEFAULT 'a,b)' UNIQUE ON CONFLICT IGNORE,\n"
                + "  `s` DOUBLE PRECISION DEFAULT (1 + (2)) NOT NULL,\n"
                + "  'q' DEFAULT - 1, untyped, g INT GENERATED ALWAYS AS (id * 2) STORED,\n"
                + "  p REFERENCES systems ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY"
                + " DEFERRED\n"
                + ") STRICT, WITHOUT ROWID");
    assertThat(path(table.path())).isEqualTo("main.point info");
    assertThat(table.ifNotExists()).isTrue();
    assertThat(columns(table))
        .containsExactly(
            "id INTEGER",
            "name VARCHAR (10, 2)",
            "s DOUBLE PRECISION",
            "q",
            "untyped",
            "g INT",
            "p");
    assertThat(table.columns())
        .extracting(Ddl.ColumnDefinition::notNull)
        .containsExactly(true, false, true, false, false, false, false);
    assertThat(table.columns().get(1).collation()).isEqualTo("nocase");
    assertThat(table.columns().get(1).defaultValue()).contains("'a,b)'");
    assertThat(table.columns().get(2).defaultValue()).contains("1 + (2)");
    assertThat(table.columns().get(3).defaultValue()).contains("- 1");
    assertThat(table.columns().get(5).generated()).isTrue();
    assertThat(table.options()).containsExactly("STRICT", "WITHOUT ROWID");
    assertThat(table.constraints()).hasSize(3);
    Constraint primary = table.constraints().get(0);
    assertThat(primary.kind()).isEqualTo(ConstraintKind.PRIMARY);
    assertThat(primary.onConflict()).isEqualTo("REPLACE");
    assertThat(primary.autoincrement()).isTrue();
    assertThat(primary.parts().get(0).descending()).isTrue();
    assertThat(table.constraints().get(1).onConflict()).isEqualTo("IGNORE");
    Constraint reference = table.constraints().get(2);
    assertThat(reference.onDelete()).isEqualTo("SET NULL");
    assertThat(reference.onUpdate()).isEqualTo("CASCADE");
    assertThat(path(reference.parent())).isEqualTo("systems");
  }

  @Test
  void commas_between_table_constraints_may_be_left_out() {
    CreateTable table =
        table(
            "CREATE TABLE t(a, b, CONSTRAINT k PRIMARY KEY (a COLLATE NOCASE DESC, b) UNIQUE(b)"
                + " CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p (x, y) MATCH FULL ON DELETE CASCADE"
                + " NOT DEFERRABLE, CHECK (a > ')'))");
    assertThat(table.constraints())
        .extracting(Constraint::kind)
        .containsExactly(ConstraintKind.PRIMARY, ConstraintKind.UNIQUE, ConstraintKind.FOREIGN);
    assertThat(table.constraints().get(0).name()).get().extracting(Name::text).isEqualTo("k");
    assertThat(table.constraints().get(0).parts().get(0).collation()).isEqualTo("NOCASE");
    assertThat(table.constraints().get(0).columns()).containsExactly("a", "b");
    assertThat(table.constraints().get(2).parentColumns()).containsExactly("x", "y");
  }

  @Test
  void an_index_keeps_its_expressions_and_its_predicate_as_written() {
    CreateIndex index =
        (CreateIndex)
            outline(
                "CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t (lower(name) DESC, b COLLATE NOCASE, c"
                    + " + 1) WHERE b IS NOT NULL AND c IN (1, 2)",
                Flavour.SQLITE);
    assertThat(index.columns()).containsExactly("", "b", "");
    assertThat(index.parts())
        .extracting(Ddl.KeyPart::text)
        .containsExactly("lower(name)", "b COLLATE NOCASE", "c + 1");
    assertThat(index.where()).contains("b IS NOT NULL AND c IN (1, 2)");
  }

  @Test
  void a_triggers_head_is_read() {
    CreateTrigger trigger =
        (CreateTrigger)
            outline(
                "CREATE TEMP TRIGGER x AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.begin > CASE"
                    + " WHEN 1 THEN 2 END BEGIN UPDATE u SET a = CASE 1 WHEN 1 THEN 2 END; SELECT 1;"
                    + " END",
                Flavour.SQLITE);
    assertThat(trigger.timing()).isEqualTo("AFTER");
    assertThat(trigger.events()).containsExactly("UPDATE");
    assertThat(trigger.updateOf()).extracting(Name::text).containsExactly("a", "b");
    assertThat(path(trigger.table())).isEqualTo("t");
  }

  @Test
  void a_postgresql_trigger_runs_what_nobody_knows_here() {
    CreateTrigger trigger =
        (CreateTrigger)
            DdlParser.parse(
                "CREATE OR REPLACE TRIGGER x AFTER INSERT OR UPDATE OF a OR TRUNCATE ON app.t"
                    + " REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f('a')",
                Flavour.POSTGRESQL);
    assertThat(trigger.events()).containsExactly("INSERT", "UPDATE", "TRUNCATE");
    assertThat(trigger.body()).singleElement().isInstanceOf(Opaque.class);
  }

  @Test
  void postgresql_tables_are_read() {
    CreateTable table =
        postgresqlTable(
            "CREATE TABLE app.m (id bigserial PRIMARY KEY, at timestamp(3) with time zone NOT NULL"
                + " DEFAULT now()::timestamptz, tags text[] DEFAULT ARRAY['a', 'b'] NOT NULL,"
                + " n numeric(10,2)[3], i int GENERATED BY DEFAULT AS IDENTITY (START 1),"
                + " total int GENERATED ALWAYS AS (n * 2) STORED,"
                + " UNIQUE NULLS NOT DISTINCT (at) INCLUDE (n) WITH (fillfactor=70),"
                + " EXCLUDE USING gist (r WITH &&) WHERE (n > 1), LIKE base INCLUDING ALL,"
                + " FOREIGN KEY (id) REFERENCES o ON DELETE SET NULL (id))"
                + " PARTITION BY RANGE (at) WITH (fillfactor = 70) TABLESPACE x");
    assertThat(columns(table))
        .containsExactly(
            "id bigserial",
            "at timestamp(3) with time zone",
            "tags text[]",
            "n numeric(10,2)[3]",
            "i int",
            "total int");
    assertThat(table.columns().get(1).defaultValue()).contains("now()::timestamptz");
    assertThat(table.columns().get(2).defaultValue()).contains("ARRAY['a', 'b']");
    assertThat(table.columns().get(2).notNull()).isTrue();
    assertThat(table.columns().get(5).generated()).isTrue();
    assertThat(table.constraints()).hasSize(3);
    assertThat(table.like()).hasSize(1);
    assertThat(table.options()).containsExactly("PARTITION BY RANGE");
  }

  @Test
  void one_alter_may_do_several_things() {
    AlterTable alter =
        (AlterTable)
            DdlParser.parse(
                "ALTER TABLE IF EXISTS ONLY app.t ADD COLUMN IF NOT EXISTS a numeric(1, 2) NOT NULL"
                    + " DEFAULT 0, DROP COLUMN IF EXISTS b CASCADE, ALTER c SET DATA TYPE bigint USING"
                    + " f(c, 1), ALTER COLUMN d DROP NOT NULL, ADD CONSTRAINT k UNIQUE (a, d), OWNER TO"
                    + " me",
                Flavour.POSTGRESQL);
    assertThat(alter.actions())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly(
            "AddColumn", "DropColumn", "AlterColumn", "AlterColumn", "AddConstraint", "Other");
    assertThat(alter.additive()).isFalse();
  }

  @Test
  void sqlites_renames_and_drops_are_read() {
    assertThat(action("ALTER TABLE t RENAME COLUMN a TO b"))
        .isInstanceOf(Action.RenameColumn.class);
    assertThat(action("ALTER TABLE t RENAME a TO b")).isInstanceOf(Action.RenameColumn.class);
    assertThat(action("ALTER TABLE t RENAME TO b")).isInstanceOf(Action.RenameTable.class);
    assertThat(action("ALTER TABLE t DROP a")).isInstanceOf(Action.DropColumn.class);
    assertThat(action("ALTER TABLE t ADD a REFERENCES p")).isInstanceOf(Action.AddColumn.class);
  }

  private static Action action(String sql) {
    return ((AlterTable) DdlParser.parse(sql, Flavour.SQLITE)).actions().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE",
        "CREATE TABLE t",
        "CREATE TABLE t(a",
        "CREATE TABLE t(a,)",
        "CREATE TABLE t(a) nonsense",
        "CREATE TABLE t(a) STRICT,",
        "CREATE TABLE t(a INT ??)",
        "CREATE INDEX i ON t",
        "CREATE NONSENSE t",
        "ALTER TABLE t",
        "ALTER TABLE t RENAME",
        "DROP TABLE",
        "DROP TABLE a b",
        "CREATE TRIGGER x AFTER UPDATE ON t BEGIN SELECT 1",
        "CREATE TABLE t(a); DROP TABLE t",
        "DROP TABLE t; DROP TABLE u",
        "CREATE TABLE t(a DEFAULT 'unterminated)"
      })
  void what_is_not_understood_stays_opaque_with_its_text(String sql) {
    assertThat(DdlParser.parse(sql, Flavour.SQLITE))
        .isInstanceOfSatisfying(Opaque.class, opaque -> assertThat(opaque.text()).isEqualTo(sql));
    assertThat(DdlParser.outline(sql, Flavour.SQLITE)).isEmpty();
  }

  @Test
  void depth_and_length_cost_no_stack() {
    String deep = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    assertThat(table("CREATE TABLE t(a DEFAULT " + deep + ", b CHECK " + deep + ")").columns())
        .hasSize(2);
    StringBuilder wide = new StringBuilder("CREATE TABLE t(a");
    for (int i = 0; i < 100_000; i++) {
      wide.append(", c").append(i);
    }
    assertThat(table(wide.append(")").toString()).columns()).hasSize(100_001);
  }
}
