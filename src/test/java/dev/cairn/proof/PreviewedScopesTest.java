package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.preview.Previewer;
import dev.cairn.preview.TargetScope;
import dev.cairn.preview.TargetScope.ByValue;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a preview counts against what the engine then does: each statement of {@code
 * previews/statements.sql} is previewed, then run on a copy, and the rows before and after are
 * compared one by one.
 */
class PreviewedScopesTest {
  private static final Path RESOURCES = Path.of("src/test/resources/previews");

  @TempDir Path folder;

  static List<String> statements() throws IOException {
    String all = Files.readString(RESOURCES.resolve("statements.sql"), StandardCharsets.UTF_8);
    List<String> statements = new ArrayList<>();
    for (String each : all.split(";\n")) {
      if (!each.isBlank()) {
        statements.add(each.strip());
      }
    }
    return statements;
  }

  @ParameterizedTest
  @MethodSource("statements")
  void are_what_the_engine_does(String statement) throws Exception {
    Path path = folder.resolve("scopes.db");
    SqliteFile file = new SqliteFile(path);
    Files.createFile(path);
    String schema = Files.readString(RESOURCES.resolve("schema.sql"), StandardCharsets.UTF_8);
    file.run(schema.split(";\n"));
    try (SqliteDatabase database =
        SqliteDatabase.open(path, new SqliteDatabase.Options(false, false, false, 1000))) {
      Catalog catalog = database.catalog();
      TargetScope scope = preview(statement, database, catalog);
      Table table = catalog.table(scope.target()).orElseThrow();
      assertThat(scope.rowsAsWritten()).describedAs("%s", scope.remarks()).isPresent();
      Image image = new Image(file, table);
      Map<Object, List<Object>> before = image.rows();
      int changes = runs(file, statement);
      Map<Object, List<Object>> after = image.rows();
      compare(scope, table, before, after, changes);
    }
  }

  private static TargetScope preview(String statement, SqliteDatabase database, Catalog catalog) {
    Analysis analysis =
        new Analysis(
            statement,
            SqlParser.parse(statement, Flavour.SQLITE),
            List.of(),
            List.of(),
            Optional.empty(),
            false);
    assertThat(analysis.analysed()).describedAs("%s", analysis.statement()).isTrue();
    return new Previewer(() -> database.viewsOfOneMoment(2), catalog, database.dialect())
        .preview(analysis)
        .scopes()
        .get(0);
  }

  /** How many rows the engine says it changed; -1 where it refused. */
  private static int runs(SqliteFile file, String statement) {
    try {
      return statement.contains("RETURNING") ? file.rows(statement).size() : file.change(statement);
    } catch (java.sql.SQLException refused) {
      return -1;
    }
  }

  private static void compare(
      TargetScope scope,
      Table table,
      Map<Object, List<Object>> before,
      Map<Object, List<Object>> after,
      int changes) {
    if (scope.insert().isPresent()) {
      compareInsert(scope, before, after, changes);
      return;
    }
    assertThat(scope.rowsAsWritten().get()).isEqualTo(changes);
    if (scope.kind().equals("DELETE")) {
      compareBy(scope, table, before, after);
    } else if (scope.remarks().stream()
        .noneMatch(
            each ->
                each.contains("varies")
                    || each.contains("another one")
                    || each.contains("engine's choice"))) {
      compareColumns(scope, table, before, after);
    }
  }

  private static void compareBy(
      TargetScope scope,
      Table table,
      Map<Object, List<Object>> before,
      Map<Object, List<Object>> after) {
    if (scope.leading().isEmpty()) {
      return;
    }
    int at = place(table, scope.leading().get());
    Map<Object, Long> gone = new LinkedHashMap<>();
    before.forEach(
        (key, row) -> {
          if (!after.containsKey(key)) {
            gone.merge(row.get(at), 1L, Long::sum);
          }
        });
    Map<Object, Long> told = new LinkedHashMap<>();
    for (ByValue each : scope.by()) {
      told.put(quoted(each.value()), each.asWritten());
    }
    assertThat(told).containsExactlyInAnyOrderEntriesOf(gone);
  }

  private static void compareColumns(
      TargetScope scope,
      Table table,
      Map<Object, List<Object>> before,
      Map<Object, List<Object>> after) {
    if (!after.keySet().equals(before.keySet())) {
      return; // it changes the key by which rows are paired here
    }
    for (ColumnChange told : scope.columns()) {
      int at = place(table, told.column());
      long lost = 0;
      long found = 0;
      long other = 0;
      for (Map.Entry<Object, List<Object>> row : before.entrySet()) {
        Object was = row.getValue().get(at);
        Object is = after.get(row.getKey()).get(at);
        if (!was.equals(is)) {
          lost += is.equals("NULL") ? 1 : 0;
          found += was.equals("NULL") ? 1 : 0;
          other += is.equals("NULL") || was.equals("NULL") ? 0 : 1;
        }
      }
      assertThat(told)
          .isEqualTo(new ColumnChange(table.columns().get(at).name(), lost, found, other, false));
    }
  }

  private static void compareInsert(
      TargetScope scope,
      Map<Object, List<Object>> before,
      Map<Object, List<Object>> after,
      int changes) {
    TargetScope.InsertCounts told = scope.insert().get();
    if (changes < 0) {
      assertThat(scope.remarks()).anyMatch(each -> each.contains("would fail"));
      return;
    }
    long fresh = after.keySet().stream().filter(key -> !before.containsKey(key)).count();
    long gone = before.keySet().stream().filter(key -> !after.containsKey(key)).count();
    long changed =
        before.entrySet().stream()
            .filter(row -> after.containsKey(row.getKey()))
            .filter(row -> !row.getValue().equals(after.get(row.getKey())))
            .count();
    switch (told.policy()) {
      case "FAIL", "IGNORE" -> {
        assertThat(told.toInsert()).isEqualTo(fresh).isEqualTo(changes);
        assertThat(changed + gone).isZero();
        assertThat(told.rows())
            .isEqualTo(told.toInsert() + told.repeated() + told.identical() + told.different());
      }
      case "UPDATE" -> {
        assertThat(told.toInsert()).isEqualTo(fresh);
        assertThat(scope.columns()).isNotEmpty();
      }
      default -> {
        assertThat(after).hasSize(before.size() - (int) told.taken() + (int) told.rows());
        assertThat(told.taken() + told.toInsert()).isGreaterThanOrEqualTo(fresh);
      }
    }
  }

  private static String name(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static int place(Table table, String column) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equalsIgnoreCase(column)) {
        return i;
      }
    }
    throw new AssertionError(column);
  }

  private static String quoted(Object value) {
    return value == null ? "NULL" : value instanceof String text ? "'" + text + "'" : "" + value;
  }

  /** All rows of a table, each value as the engine quotes it, by what names a row. */
  private record Image(SqliteFile file, Table table) {
    Map<Object, List<Object>> rows() throws Exception {
      List<String> values = new ArrayList<>();
      table.columns().forEach(column -> values.add("quote(" + name(column.name()) + ")"));
      String key =
          table.withoutRowid()
              ? String.join(
                  " || '|' || ",
                  table.primaryKey().stream().map(k -> "quote(" + name(k) + ")").toList())
              : "_rowid_";
      Map<Object, List<Object>> rows = new LinkedHashMap<>();
      String sql =
          "SELECT " + key + ", " + String.join(", ", values) + " FROM " + name(table.name());
      for (List<Object> row : file.rows(sql)) {
        rows.put(row.get(0), row.subList(1, row.size()));
      }
      return rows;
    }
  }
}
