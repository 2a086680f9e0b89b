package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.Dialect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the dialect says that a column makes of a value is what SQLite makes of it: undo compares
 * what it wrote by value and type.
 */
class StoredValuesTest {
  private static final List<String> VALUES =
      List.of(
          "NULL",
          "1",
          "-7",
          "9007199254740993",
          "9223372036854775807",
          "-9223372036854775807 - 1",
          "1.0",
          "1.5",
          "-0.0",
          "1e15",
          "1e18",
          "9.2233720368547748e18",
          "9.2233720368547758e18",
          "-9.2233720368547758e18",
          "1e300",
          "9e999",
          "''",
          "'1'",
          "'1.0'",
          "' 12 '",
          "'1e3'",
          "'0x10'",
          "'1a'",
          "'9007199254740993'",
          "'9007199254740993.0'",
          "'9223372036854775808'",
          "'1e400'",
          "'text'",
          "'\u00e9'",
          "x''",
          "x'31'");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INTEGER",
        "BIGINT",
        "REAL",
        "DOUBLE",
        "FLOATING POINT",
        "NUMERIC",
        "DECIMAL(10, 2)",
        "DATETIME",
        "BOOLEAN",
        "TEXT",
        "VARCHAR(20)",
        "CLOB",
        "BLOB",
        "",
        "ANY",
        "CHARINT"
      })
  void a_column_stores_what_the_dialect_says(String type) throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("t.db"));
    file.run("CREATE TABLE t (id INTEGER PRIMARY KEY, given, stored " + type + ")");
    for (String value : VALUES) {
      file.run("INSERT INTO t (given, stored) VALUES (" + value + ", " + value + ")");
    }
    try (var database =
        Databases.open(
            file.path().toString(), new SqliteDatabase.Options(false, false, false, 5_000))) {
      Catalog catalog = database.catalog();
      Dialect dialect = database.dialect();
      Table table = catalog.table("t").orElseThrow();
      Column column = table.column("stored").orElseThrow();
      String told = dialect.asStored(column, table, "given");
      assertThat(
              file.rows(
                  "SELECT quote(given), quote(stored), typeof(stored), quote(%s), typeof(%s) FROM t"
                          .formatted(told, told)
                      + " WHERE NOT (stored IS +(%s) AND typeof(stored) = typeof(%s))"
                          .formatted(told, told)))
          .isEmpty();
      assertThat(file.rows("SELECT count(*) FROM t"))
          .containsExactly(List.of((long) VALUES.size()));
    }
  }
}
