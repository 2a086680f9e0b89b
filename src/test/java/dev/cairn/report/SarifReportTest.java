package dev.cairn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cairn.analysis.lint.LintedFile;
import dev.cairn.analysis.lint.Linter;
import dev.cairn.catalog.Catalog;
import dev.cairn.sql.Flavour;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the schema that OASIS publishes, as another project's package brings it. */
class SarifReportTest {
  private static final String WRONG =
      "DELETE FROM agg\nWHERE p IN (SELECT id FROM point WHERE kind = 'x');\n";
  private static final String FILE =
      "CREATE TABLE point (s INT, id INT, kind TEXT, PRIMARY KEY (s, id));\n"
          + "CREATE TABLE agg (s INT, p INT, v REAL, PRIMARY KEY (s, p),"
          + " FOREIGN KEY (s, p) REFERENCES point (s, id));\n"
          + WRONG
          + "-- cairn: allow partial-key because \"it\" is <right>\n"
          + WRONG
          + "-- cairn: allow partial-key\n"
          + "FROB; DELETE FROM nosuch;\n";

  private final Linter linter = new Linter(new Catalog(List.of(), ""), Flavour.SQLITE);

  private static JsonNode sarif(LintedFile... files) throws Exception {
    String text = new SarifReport(List.of(files), "1.0").text();
    JsonNode log = new ObjectMapper().readTree(text);
    try (InputStream stream =
        SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      JsonNode published = new ObjectMapper().readTree(stream);
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(published);
      assertThat(schema.validate(log)).isEmpty();
      JsonNode broken = log.deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) broken).put("version", "2.2.0");
      assertThat(schema.validate(broken)).isNotEmpty();
    }
    return log.get("runs").get(0);
  }

  @Test
  void the_log_is_valid_and_says_what_is_allowed_and_how_to_mend_the_rest() throws Exception {
    JsonNode run = sarif(linter.lint("migrations/1 a#b.sql", FILE), linter.lint("/x/2.sql", "X"));
    List<JsonNode> partial = new ArrayList<>();
    for (JsonNode result : run.get("results")) {
      int rule = result.get("ruleIndex").asInt();
      assertThat(run.at("/tool/driver/rules").get(rule).get("id")).isEqualTo(result.get("ruleId"));
      if (result.get("ruleId").asText().equals("partial-key")) {
        partial.add(result);
      }
    }
    assertThat(partial).hasSize(2);
    JsonNode place = partial.get(0).at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("migrations/1%20a%23b.sql");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(4);
    assertThat(place.at("/region/startColumn").asInt()).isEqualTo(7);
    assertThat(partial.get(0).has("suppressions")).isFalse();
    assertThat(partial.get(1).at("/suppressions/0/justification").asText())
        .isEqualTo("\"it\" is <right>");
    assertThat(mended(partial.get(0)))
        .isEqualTo("WHERE (s, p) IN (SELECT s, id FROM point WHERE kind = 'x');");
    assertThat(run.at("/invocations/0/toolExecutionNotifications").size()).isGreaterThan(1);
  }

  @Test
  void nothing_found_is_a_valid_log_too() throws Exception {
    assertThat(sarif().get("results")).isEmpty();
    assertThat(sarif(linter.lint("a.sql", "SELECT 1")).get("results")).isEmpty();
  }

  /** The line that the fix changes, as a reader of the log would change it. */
  private static String mended(JsonNode result) {
    String[] lines = FILE.split("\n");
    JsonNode replacements = result.at("/fixes/0/artifactChanges/0/replacements");
    StringBuilder line = new StringBuilder(lines[3]);
    for (int i = replacements.size() - 1; i >= 0; i--) {
      JsonNode region = replacements.get(i).get("deletedRegion");
      assertThat(region.get("startLine").asInt()).isEqualTo(4);
      assertThat(region.get("endLine").asInt()).isEqualTo(4);
      line.replace(
          region.get("startColumn").asInt() - 1,
          region.get("endColumn").asInt() - 1,
          replacements.get(i).at("/insertedContent/text").asText());
    }
    return line.toString();
  }
}
