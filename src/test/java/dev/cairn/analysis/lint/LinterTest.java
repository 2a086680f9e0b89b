package dev.cairn.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinterTest {
  static final String SCHEMA =
      "CREATE TABLE point_info (system_id INTEGER NOT NULL, id INTEGER NOT NULL, kind TEXT,"
          + " PRIMARY KEY (system_id, id));\n"
          + "CREATE TABLE agg (system_id INTEGER NOT NULL, point_id INTEGER NOT NULL, v REAL,"
          + " PRIMARY KEY (system_id, point_id), FOREIGN KEY (system_id, point_id)"
          + " REFERENCES point_info (system_id, id));\n";
  static final String WRONG =
      "DELETE FROM agg\n WHERE point_id IN (SELECT id FROM point_info WHERE kind = 'x')";

  private final Linter linter = new Linter(new Catalog(List.of(), ""), Flavour.SQLITE);

  private LintedFile lint(String text) {
    return linter.lint("a.sql", text);
  }

  private static List<String> found(LintedFile file) {
    return file.statements().stream()
        .flatMap(statement -> statement.findings().stream())
        .map(
            each ->
                each.finding().check()
                    + each.finding().span().map(SourceSpan::line).map(line -> ":" + line).orElse("")
                    + each.allowed().map(reason -> " because " + reason).orElse(""))
        .toList();
  }

  private static List<String> remarks(LintedFile file) {
    return file.remarks().stream().map(Remark::message).toList();
  }

  @Test
  void a_file_is_judged_against_the_schema_that_the_files_before_it_made() {
    assertThat(found(lint(SCHEMA))).isEmpty();
    assertThat(found(lint(WRONG + ";\n"))).containsExactly("partial-key:2");
    lint("ALTER TABLE point_info RENAME TO points;");
    assertThat(found(lint("\n\n  " + WRONG.replace("point_info", "points"))))
        .containsExactly("partial-key:4");
  }

  @Test
  void a_table_that_nobody_knows_is_said_once() {
    LintedFile file = lint(WRONG + ";" + WRONG);
    assertThat(remarks(file)).singleElement().asString().contains("table agg");
  }

  @Test
  void the_schema_may_come_from_files_that_are_not_judged() {
    assertThat(linter.follow("schema.sql", SCHEMA + "CREATE NONSENSE; DELETE FROM agg;"))
        .singleElement()
        .satisfies(remark -> assertThat(remark.place().line()).isEqualTo(3));
    assertThat(found(lint(WRONG))).containsExactly("partial-key:2");
  }

  @Test
  void places_are_those_of_the_file() {
    lint(SCHEMA);
    LintedFile file = lint("SELECT 1; /* é */ " + WRONG + ";\r\n" + WRONG.replace("\n", "\r\n"));
    List<Finding> findings =
        file.statements().stream().flatMap(each -> each.open().stream()).toList();
    assertThat(findings.stream().map(each -> each.span().orElseThrow().line()))
        .containsExactly(2, 4);
    for (Finding finding : findings) {
      SourceSpan span = finding.span().orElseThrow();
      assertThat(span.lineText().substring(span.column() - 1)).startsWith("point_id");
      assertThat(span.lineText()).doesNotContain("\r");
    }
  }

  @Test
  void a_partial_key_is_an_error_in_a_query_too() {
    lint(SCHEMA);
    assertThat(lint("SELECT * FROM agg JOIN point_info p ON p.id = agg.point_id").errors())
        .isEqualTo(1);
  }

  @Test
  void a_comment_with_a_reason_allows_one_finding() {
    lint(SCHEMA);
    String comment = "-- cairn: allow partial-key because ids are the same everywhere\n";
    assertThat(found(lint(comment + WRONG + ";\n" + WRONG)))
        .containsExactly("partial-key:3 because ids are the same everywhere", "partial-key:5");
    assertThat(found(lint(WRONG.replace("\n", "\n  " + comment))))
        .containsExactly("partial-key:3 because ids are the same everywhere");
    assertThat(lint(comment + WRONG).errors()).isZero();
  }

  @Test
  void comments_above_each_other_all_speak_of_the_line_below() {
    lint(SCHEMA);
    LintedFile file =
        lint(
            "-- cairn: allow missing-where because it is a test\n"
                + "-- cairn: allow partial-key because it is one\n"
                + WRONG);
    assertThat(found(file)).containsExactly("partial-key:4 because it is one");
    assertThat(remarks(file))
        .singleElement()
        .asString()
        .contains("there is no missing-where below");
  }

  @Test
  void a_comment_allows_nothing_without_a_reason_or_at_another_place() {
    lint(SCHEMA);
    for (String comment :
        List.of(
            "-- cairn: allow partial-key\n",
            "-- cairn: allow partial-key because  \n",
            "-- cairn: allow partial-key for fun\n",
            "-- cairn: allow partialkey because x\n",
            "-- cairn: allow\n",
            "-- cairn: allow missing-where because x\n",
            "-- cairn: allow partial-key because x\n\n",
            "SELECT '-- cairn: allow partial-key because x';\n")) {
      LintedFile file = lint(comment + WRONG);
      assertThat(file.errors()).as(comment).isEqualTo(1);
      assertThat(remarks(file).size()).as(comment).isEqualTo(comment.startsWith("--") ? 1 : 0);
    }
  }

  @Test
  void a_wrong_check_is_told_its_nearest_name() {
    assertThat(remarks(lint("-- cairn: allow partal-key because x\nSELECT 1")))
        .singleElement()
        .asString()
        .contains("did you mean partial-key?");
  }

  @Test
  void a_rebuild_that_loses_something_is_found_over_the_statements_of_a_file() {
    lint(SCHEMA + "CREATE INDEX agg_v ON agg (v);");
    assertThat(
            found(
                lint(
                    "CREATE TABLE n (system_id INTEGER NOT NULL, point_id INTEGER NOT NULL, v REAL,"
                        + " PRIMARY KEY (system_id, point_id), FOREIGN KEY (system_id, point_id)"
                        + " REFERENCES point_info (system_id, id));\n"
                        + "INSERT INTO n SELECT * FROM agg;\n"
                        + "DROP TABLE agg;\n"
                        + "ALTER TABLE n RENAME TO agg;\n")))
        .anyMatch(each -> each.startsWith("rebuild-loss"));
  }

  @Test
  void what_is_not_understood_is_said_and_is_no_clean_bill() {
    LintedFile file = lint("FROB x; UPDATE t SET a = ; SELECT 'open");
    assertThat(file.statements()).hasSize(3);
    assertThat(file.statements()).noneMatch(each -> each.analysis().analysed());
    assertThat(file.errors()).isEqualTo(3);
  }

  @Test
  void an_empty_file_is_clean() {
    assertThat(lint("").statements()).isEmpty();
    assertThat(lint("-- nothing\n;;\n").statements()).isEmpty();
  }

  @Test
  void ten_thousand_findings_on_one_line_take_no_ten_thousand_copies_of_it() {
    lint(SCHEMA);
    String line = "DELETE FROM agg; ".repeat(10_000);
    long started = System.nanoTime();
    LintedFile file = lint(line);
    assertThat(file.statements()).hasSize(10_000);
    assertThat((System.nanoTime() - started) / 1e9).isLessThan(30);
    assertThat(
            file.statements().get(9_999).findings().get(0).finding().span().orElseThrow().column())
        .isGreaterThan(160_000);
  }
}
