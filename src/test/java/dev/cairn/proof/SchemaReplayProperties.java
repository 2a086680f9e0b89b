package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever changes of a schema SQLite carries out: following their text alone leads to the same
 * tables, keys, indexes, references and triggers that SQLite then has.
 */
class SchemaReplayProperties {
  private static final int STATEMENTS = 30;

  private Path folder;

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-replay");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Property(tries = 250)
  void the_replay_knows_what_the_engine_made(@ForAll long seed) throws Exception {
    RandomDdl ddl = new RandomDdl(seed);
    SqliteFile file = new SqliteFile(folder.resolve("replay.db"));
    Files.deleteIfExists(file.path());
    SchemaReplay replay = new SchemaReplay(Flavour.SQLITE);
    List<String> done = new ArrayList<>();
    try (Connection connection = file.connect()) {
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = ddl.statement();
        if (succeeds(connection, sql)) {
          done.add(sql);
          Statement tree = SqlParser.parse(sql, Flavour.SQLITE);
          assertThat(tree).as(sql).isNotInstanceOf(Opaque.class);
          replay.follow(tree, sql);
        }
      }
    }
    try (Database database =
        Databases.open(
            file.path().toString(), new SqliteDatabase.Options(false, true, false, 1000))) {
      assertThat(lines(replay.catalog()))
          .as(String.join(";\n", done))
          .isEqualTo(lines(database.catalog()));
    }
  }

  private static boolean succeeds(Connection connection, String sql) {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  private static String lines(Catalog catalog) {
    return catalog.tables().stream()
        .map(SchemaReplayProperties::lines)
        .collect(Collectors.joining("\n"));
  }

  private static String lines(Table table) {
    if (table.view()) {
      return "view " + table.name();
    }
    return "table %s %s %s%n  %s%n%s%s%s"
        .formatted(
            table.name(),
            table.withoutRowid(),
            table.primaryConflict(),
            table.columns(),
            sorted(table.indexes().stream().map(SchemaReplayProperties::line).toList()),
            sorted(table.foreignKeys().stream().map(Object::toString).toList()),
            sorted(table.triggers().stream().map(SchemaReplayProperties::line).toList()));
  }

  /** The rename of a column or table leaves quotes in an index's text. */
  private static String line(Index index) {
    return index.toString().replaceAll("[\"`\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  private static String line(Trigger trigger) {
    return trigger.name()
        + trigger.table()
        + trigger.timing()
        + trigger.events()
        + trigger.columns().toString().toLowerCase(Locale.ROOT);
  }

  private static String sorted(List<String> lines) {
    return lines.stream().sorted().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }
}
