package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.dialect.Dialect;
import dev.cairn.plan.RebuildTable.Swap;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of a schema in which one table is made anew. */
public final class RebuildSchema {
  private final Catalog catalog;
  private final Table old;
  private final Dialect dialect;

  /**
   * @param catalog the schema as it is, with its texts
   * @param old the table
   */
  public RebuildSchema(Catalog catalog, Table old, Dialect dialect) {
    this.catalog = catalog;
    this.old = old;
    this.dialect = dialect;
  }

  /**
   * The exchange of the table's text and of the texts that go with it.
   *
   * @param create the new table's text
   * @param after what is made behind it
   * @param given the names of those whose text the plan itself gives
   */
  public Swap swap(String create, List<SchemaObject> after, List<String> given) {
    List<SchemaObject> before = new ArrayList<>();
    List<SchemaObject> unchanged = new ArrayList<>();
    for (SchemaObject object : catalog.objects()) {
      boolean again = after.stream().anyMatch(each -> same(each, object));
      (object.isOf(old.name()) || again ? before : unchanged).add(object);
    }
    List<String> children =
        catalog.referencesTo(old.name()).stream().map(ForeignKey::table).distinct().toList();
    return new Swap(
        create,
        before,
        after,
        given,
        unchanged,
        children,
        watched(after),
        isNumbered(create),
        isNumbered(old.sql()));
  }

  /** The new table with its indexes and triggers, as the texts say; empty where they say none. */
  public Optional<Table> made(String create, List<SchemaObject> after) {
    SchemaReplay replay = new SchemaReplay(dialect.flavour());
    replay.follow(SqlParser.parse(create, dialect.flavour()), create);
    for (SchemaObject object : after) {
      if (object.isOf(old.name())) {
        replay.follow(SqlParser.parse(object.sql(), dialect.flavour()), object.sql());
      }
    }
    return replay.catalog().table(old.name());
  }

  /** The table's own indexes and triggers, and the views and triggers that speak of it. */
  public List<SchemaObject> around() {
    return catalog.objects().stream()
        .filter(each -> !each.type().equals("table"))
        .filter(each -> each.isOf(old.name()) || mentions(each.sql(), List.of(old.name())))
        .toList();
  }

  /** Of these names those that a text uses as names, in the order given. */
  public List<String> mentioned(String sql, Collection<String> names) {
    return names.stream().filter(name -> mentions(sql, List.of(name))).toList();
  }

  private boolean mentions(String sql, Collection<String> names) {
    for (Token token : Lexer.tokens(sql, dialect.flavour())) {
      boolean name =
          token.kind() == TokenKind.WORD
              || token.kind() == TokenKind.QUOTED_NAME
              || token.kind() == TokenKind.STRING; // SQLite takes 'a' for a name in many places
      if (name && names.stream().anyMatch(bare(token.text(sql))::equalsIgnoreCase)) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String token) {
    boolean quoted = token.length() > 1 && "\"'`[".indexOf(token.charAt(0)) >= 0;
    return quoted ? token.substring(1, token.length() - 1) : token;
  }

  /** Statements that compile only where the views and triggers around the table are sound. */
  private Map<String, String> watched(List<SchemaObject> after) {
    List<SchemaObject> around = new ArrayList<>(after);
    around().stream()
        .filter(each -> after.stream().noneMatch(made -> same(made, each)))
        .filter(each -> !each.isOf(old.name()))
        .forEach(around::add);
    Map<String, String> statements = new LinkedHashMap<>();
    for (SchemaObject object : around) {
      if (object.type().equals("view")) {
        statements.put(
            "EXPLAIN SELECT * FROM " + dialect.quote(object.name()), "view " + object.name());
      } else if (object.type().equals("trigger")) {
        fired(object).forEach(sql -> statements.put(sql, "trigger " + object.name()));
      }
    }
    return statements;
  }

  private List<String> fired(SchemaObject object) {
    Trigger trigger = Trigger.of(object.name(), object.table(), object.sql(), dialect.flavour());
    String table = dialect.quote(object.table());
    List<String> statements = new ArrayList<>();
    if (trigger.events().contains("INSERT")) {
      statements.add("EXPLAIN INSERT INTO " + table + " DEFAULT VALUES");
    }
    if (trigger.events().contains("DELETE")) {
      statements.add("EXPLAIN DELETE FROM " + table);
    }
    if (trigger.events().contains("UPDATE") && !trigger.columns().isEmpty()) {
      String column = dialect.quote(trigger.columns().get(0));
      statements.add("EXPLAIN UPDATE " + table + " SET " + column + " = " + column);
    } else if (trigger.events().contains("UPDATE")) {
      String column = dialect.quote(anyColumn(object.table()));
      statements.add("EXPLAIN UPDATE " + table + " SET " + column + " = " + column);
    }
    return statements;
  }

  /** A column that the table has before and after: of the rebuilt one a key's. */
  private String anyColumn(String table) {
    boolean own = table.equalsIgnoreCase(old.name());
    return own
        ? TouchedTable.whole(old).orElseThrow().key().get(0)
        : catalog
            .table(table)
            .flatMap(
                each -> each.columns().stream().filter(column -> !column.generated()).findFirst())
            .map(column -> column.name())
            .orElse("rowid");
  }

  /** Whether a new table still has a key over these columns. */
  static boolean hasKey(Table made, List<String> columns) {
    return made.keys().stream().map(Key::columns).anyMatch(key -> sameNames(key, columns));
  }

  private static boolean sameNames(List<String> left, List<String> right) {
    return left.size() == right.size()
        && left.stream().allMatch(name -> right.stream().anyMatch(name::equalsIgnoreCase));
  }

  private static boolean same(SchemaObject left, SchemaObject right) {
    return left.type().equals(right.type()) && left.name().equalsIgnoreCase(right.name());
  }

  private boolean isNumbered(String sql) {
    return mentions(sql, List.of("AUTOINCREMENT"));
  }
}
