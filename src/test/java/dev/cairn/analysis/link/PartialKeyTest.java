package dev.cairn.analysis.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Edit;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.analysis.Severity;
import dev.cairn.sql.Flavour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a partial key, and what becomes of the text, shape by shape. */
class PartialKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          DELETE FROM agg WHERE /* half */ point_id IN (SELECT id FROM point_info) -- end ==> DELETE FROM agg WHERE /* half */ (system_id, point_id) IN (SELECT system_id, id FROM point_info) -- end
          DELETE FROM agg WHERE (point_id) IN (SELECT id FROM point_info) ==> DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info)
          delete from agg where agg.point_id not in (select distinct p.id from point_info p, systems s where s.id = p.system_id) ==> delete from agg where (agg.system_id, agg.point_id) not in (select distinct p.system_id, p.id from point_info p, systems s where s.id = p.system_id)
          DELETE FROM agg WHERE (point_id, 1) IN (SELECT id, active FROM point_info) ==> DELETE FROM agg WHERE (system_id, point_id, 1) IN (SELECT system_id, id, active FROM point_info)
          DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info UNION SELECT point_id FROM readings) ==> DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info UNION SELECT system_id, point_id FROM readings)
          DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info GROUP BY 1 ORDER BY 1) ==> DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info GROUP BY system_id, 2 ORDER BY 2)
          DELETE FROM agg WHERE point_id IN (SELECT point_id FROM readings GROUP BY system_id, point_id HAVING max(value) > 9) ==> DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, point_id FROM readings GROUP BY system_id, point_id HAVING max(value) > 9)
          DELETE FROM agg WHERE point_id IN (SELECT id FROM energy) ==> DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM energy)
          DELETE FROM agg WHERE system_id IN (SELECT system_id FROM agg WHERE avg IS NULL) ==> DELETE FROM agg WHERE (system_id, point_id, day) IN (SELECT system_id, point_id, day FROM agg WHERE avg IS NULL)
          WITH e(n) AS (SELECT id FROM point_info) DELETE FROM agg WHERE point_id IN (SELECT n FROM e) ==> WITH e(n, system_id) AS (SELECT id, system_id FROM point_info) DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, n FROM e)
          WITH e AS (SELECT id FROM point_info), f AS (SELECT * FROM e) DELETE FROM agg WHERE point_id IN (SELECT id FROM f) ==> WITH e AS (SELECT id, system_id FROM point_info), f AS (SELECT * FROM e) DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM f)
          DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE NOT p.id = point_id) ==> DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE NOT (p.id = point_id AND p.system_id = agg.system_id))
          DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE p.id = point_id OR p.id = 0) ==> DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE p.id = point_id AND p.system_id = agg.system_id OR p.id = 0)
          SELECT * FROM agg a JOIN point_info p ON (a.point_id = p.id) WHERE p.active ==> SELECT * FROM agg a JOIN point_info p ON (a.point_id = p.id AND a.system_id = p.system_id) WHERE p.active
          SELECT * FROM agg JOIN readings USING (point_id) ==> SELECT * FROM agg JOIN readings USING (system_id, point_id)
          SELECT * FROM agg a, point_info p WHERE p.id = a.point_id ==> SELECT * FROM agg a, point_info p WHERE p.id = a.point_id AND p.system_id = a.system_id
          SELECT * FROM "agg" AS [a 1] JOIN point_info `p` ON `p`.id = [a 1].point_id ==> SELECT * FROM "agg" AS [a 1] JOIN point_info `p` ON `p`.id = [a 1].point_id AND `p`.system_id = [a 1].system_id
          UPDATE agg SET avg = 1 FROM point_info p WHERE p.id = point_id ==> UPDATE agg SET avg = 1 FROM point_info p WHERE p.id = point_id AND p.system_id = agg.system_id
          INSERT INTO agg (system_id, point_id, day) SELECT 3, id, 'd' FROM point_info WHERE active = 1 OR alias = 'x' ==> INSERT INTO agg (system_id, point_id, day) SELECT 3, id, 'd' FROM point_info WHERE (active = 1 OR alias = 'x') AND point_info.system_id = 3
          INSERT INTO agg (system_id, point_id, day) SELECT p.system_id, r.point_id, 'd' FROM readings r JOIN point_info p ON p.id = r.point_id ==> INSERT INTO agg (system_id, point_id, day) SELECT p.system_id, r.point_id, 'd' FROM readings r JOIN point_info p ON p.id = r.point_id AND p.system_id = r.system_id
          INSERT INTO agg (system_id, point_id, day) VALUES (1, 2, 'd') ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = (SELECT value FROM readings r WHERE r.point_id = excluded.point_id) ==> INSERT INTO agg (system_id, point_id, day) VALUES (1, 2, 'd') ON CONFLICT (system_id, point_id, day) DO UPDATE SET avg = (SELECT value FROM readings r WHERE r.point_id = excluded.point_id AND r.system_id = excluded.system_id)
          """)
  void half_a_key_is_made_whole_by_small_edits(String written, String mended) {
    Analysis analysis = Schema.analysis(written);
    Rewrite rewrite = analysis.rewrite().orElseThrow();
    assertThat(rewrite.sql()).isEqualTo(mended);
    assertThat(rewrite.question()).isEmpty();
    assertThat(applied(rewrite.edits(), written)).isEqualTo(mended);
    assertThat(partial(Schema.analysis(mended))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      textBlock =
          """
          DELETE FROM agg a USING point_info p WHERE p.id = a.point_id ==> DELETE FROM agg a USING point_info p WHERE p.id = a.point_id AND p.system_id = a.system_id
          DELETE FROM agg WHERE point_id = ANY (SELECT id FROM point_info) ==> DELETE FROM agg WHERE (system_id, point_id) = ANY (SELECT system_id, id FROM point_info)
          MERGE INTO agg a USING point_info p ON a.point_id = p.id WHEN MATCHED THEN DELETE ==> MERGE INTO agg a USING point_info p ON a.point_id = p.id AND a.system_id = p.system_id WHEN MATCHED THEN DELETE
          EXPLAIN ANALYZE DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info) ==> EXPLAIN ANALYZE DELETE FROM agg WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info)
          """)
  void so_it_is_in_what_only_postgresql_knows(String written, String mended) {
    Analysis analysis = Schema.analysis(written, Flavour.POSTGRESQL);
    assertThat(analysis.rewrite().map(Rewrite::sql)).contains(mended);
    assertThat(partial(analysis)).extracting(Finding::severity).containsOnly(Severity.ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      textBlock =
          """
          UPDATE agg SET avg = (SELECT max(r.value) FROM readings r WHERE r.point_id = agg.point_id) WHERE day = '1' ==> max(r.value)
          DELETE FROM agg WHERE point_id = (SELECT id FROM point_info WHERE alias = 'x') ==> one row
          DELETE FROM agg WHERE point_id IN (SELECT max(id) FROM point_info) ==> max(id)
          DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info ORDER BY id LIMIT 3) ==> LIMIT
          DELETE FROM agg WHERE point_id IN (SELECT max(id) FROM point_info GROUP BY alias) ==> one group for each
          DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info GROUP BY id HAVING count(*) > 1) ==> one group for each
          DELETE FROM agg WHERE point_id IN (SELECT id FROM point_info GROUP BY 1 HAVING count(*) > 1) ==> one group for each
          """)
  void a_person_is_asked_where_more_changes_than_the_rows(String written, String about) {
    Rewrite rewrite = Schema.analysis(written).rewrite().orElseThrow();
    assertThat(rewrite.question().orElse("")).contains(about).contains("system_id");
    assertThat(partial(Schema.analysis(rewrite.sql()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      textBlock =
          """
          DELETE FROM agg WHERE point_id IN (SELECT point_id FROM energy_ids) ==> the view `energy_ids` doesn't hand out `system_id`; add it
          UPDATE agg SET avg = 1 FROM point_info p WHERE p.system_id = 3 AND agg.system_id = 4 AND p.id = agg.point_id ==> say which one is meant
          INSERT INTO point_info (system_id, id) SELECT 9, id FROM point_info ==> say from which system_id the rows are copied
          SELECT * FROM readings r JOIN point_info p ON p.system_id = r.system_id ==> several foreign keys fit
          """)
  void where_no_honest_rewrite_is_known_the_reason_is_given(String written, String reason) {
    Analysis analysis = Schema.analysis(written);
    assertThat(analysis.rewrite()).isEmpty();
    assertThat(partial(analysis)).first().extracting(Finding::message).asString().contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM agg WHERE system_id = 3 AND point_id IN (SELECT id FROM point_info WHERE system_id = 3)",
        "DELETE FROM agg WHERE system_id = (SELECT id FROM systems WHERE name = 'x')"
            + " AND point_id IN (SELECT id FROM point_info WHERE system_id = (SELECT id FROM systems WHERE name = 'x'))",
        "DELETE FROM agg WHERE system_id = ?1 AND point_id IN (SELECT id FROM point_info WHERE system_id = ?1)",
        "DELETE FROM agg WHERE system_id || '-' || point_id IN (SELECT system_id || '-' || id FROM point_info)",
        "DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE p.id = point_id"
            + " AND (p.system_id = agg.system_id OR (p.system_id IS NULL AND agg.system_id IS NULL)))",
        "SELECT * FROM agg a JOIN systems s ON s.id = a.system_id JOIN point_info p ON p.system_id = s.id AND p.id = a.point_id",
        "DELETE FROM agg WHERE EXISTS (SELECT 1 FROM point_info p WHERE p.system_id = agg.system_id)",
        "SELECT (SELECT count(*) FROM agg a WHERE a.system_id = p.system_id) FROM point_info p",
        "SELECT * FROM agg a JOIN (SELECT system_id, max(day) AS day FROM agg GROUP BY system_id) m USING (system_id, day)",
        "SELECT * FROM agg WHERE day = (SELECT max(day) FROM agg)",
        "INSERT INTO point_info (system_id, id) SELECT 9, id FROM point_info WHERE system_id = 3",
        "SELECT * FROM point_info a JOIN point_info b ON b.system_id = a.system_id AND b.id < a.id",
        "SELECT * FROM agg a JOIN readings r ON r.system_id = a.system_id AND r.point_id = a.point_id"
      })
  void a_whole_key_and_a_question_to_the_group_are_let_pass(String right) {
    assertThat(partial(Schema.analysis(right))).isEmpty();
  }

  @Test
  void the_message_names_both_tables_what_is_linked_and_what_is_missing() {
    Analysis analysis =
        Schema.analysis("DELETE FROM agg\nWHERE point_id IN (SELECT id FROM point_info p)");
    Finding finding = partial(analysis).get(0);
    assertThat(finding.message())
        .isEqualTo(
            "`point_id` is half of `point_info`'s key (system_id, id): `agg` and `point_info` are"
                + " linked by it alone, nothing links agg.system_id to p.system_id");
    assertThat(finding.span().orElseThrow().line()).isEqualTo(2);
    assertThat(finding.rewrite().orElseThrow().rule())
        .isEqualTo("`point_id` is half of `point_info`'s key (system_id, id)");
  }

  @Test
  void a_constant_on_a_later_column_is_a_warning_that_the_data_can_lift() {
    Finding finding = partial(Schema.analysis("DELETE FROM agg WHERE point_id = 5")).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.probe().orElseThrow().sql())
        .isEqualTo(
            "SELECT CASE WHEN count(DISTINCT system_id) > 1 THEN count(DISTINCT system_id) ELSE 0"
                + " END FROM agg");
  }

  @Test
  void in_a_query_it_is_a_note_and_under_lint_an_error() {
    Analysis analysis =
        Schema.analysis("SELECT * FROM agg a JOIN point_info p ON p.id = a.point_id");
    assertThat(partial(analysis)).extracting(Finding::severity).containsExactly(Severity.NOTE);
    assertThat(partial(analysis.underLint()))
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR);
    assertThat(partial(Schema.analysis("SELECT * FROM agg WHERE point_id = 1").underLint()))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void what_is_too_large_to_be_looked_at_is_said_to_be() {
    StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT point_id FROM agg)");
    for (int i = 1; i < 14; i++) {
      String before = "c" + (i - 1);
      sql.append(
          ", c%d AS (SELECT a.point_id FROM %s a JOIN %s b ON a.point_id = b.point_id)"
              .formatted(i, before, before));
    }
    assertThat(partial(Schema.analysis(sql + " SELECT * FROM c13")))
        .anyMatch(finding -> finding.message().contains("split it"));
  }

  private static List<Finding> partial(Analysis analysis) {
    assertThat(analysis.analysed()).as(analysis.text()).isTrue();
    return analysis.findings().stream()
        .filter(finding -> finding.check().equals("partial-key"))
        .toList();
  }

  private static String applied(List<Edit> edits, String text) {
    StringBuilder made = new StringBuilder();
    int at = 0;
    for (Edit edit : edits) {
      made.append(text, at, edit.span().start()).append(edit.replacement());
      at = edit.span().end();
    }
    return made.append(text.substring(at)).toString();
  }
}
