package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which tables a step may read or write: every one whose name stands in its text, and what views,
 * triggers and the foreign keys of other tables lead to from there. Rather one too many than one
 * too few.
 */
public final class NamedTables {
  private final Catalog catalog;
  private final Flavour flavour;
  private final Map<String, String> owners = new HashMap<>();
  private final Set<String> found = new HashSet<>();
  private final Deque<Table> open = new ArrayDeque<>();

  private NamedTables(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
    for (Table table : catalog.tables()) {
      table.indexes().forEach(index -> owners.put(fold(index.name()), table.name()));
      table.triggers().forEach(trigger -> owners.put(fold(trigger.name()), table.name()));
    }
  }

  /** The tables and views, in lower case, that a step leads to under a schema. */
  public static Set<String> of(PlanFile step, Catalog catalog, Flavour flavour) {
    NamedTables named = new NamedTables(catalog, flavour);
    texts(step).forEach(named::text);
    while (!named.open.isEmpty()) {
      named.follow(named.open.poll());
    }
    return Set.copyOf(named.found);
  }

  private static List<String> texts(PlanFile step) {
    List<String> texts = new ArrayList<>();
    step.requires().forEach(each -> texts.add(each.sql()));
    step.ensures().forEach(each -> texts.add(each.sql()));
    step.change().ifPresent(change -> texts.add(change.sql()));
    step.script().ifPresent(script -> texts.add(script.script().sql()));
    step.rebuild()
        .ifPresent(
            rebuild -> {
              texts.add(rebuild.table().sql());
              rebuild.texts().values().forEach(text -> texts.add(text.sql()));
            });
    step.restore()
        .ifPresent(
            restore -> {
              texts.add(restore.table().sql());
              restore.where().ifPresent(where -> texts.add(where.sql()));
            });
    step.migration().ifPresent(migration -> migration(migration, texts));
    return texts;
  }

  private static void migration(MigrationSpec migration, List<String> texts) {
    texts.add(migration.source().table().sql());
    texts.add(migration.target().sql());
    migration
        .fanOut()
        .ifPresent(
            fanOut -> {
              fanOut.lookup().ifPresent(lookup -> texts.add(lookup.table().sql()));
              fanOut.choice().ifPresent(choice -> texts.add(choice.table().sql()));
            });
  }

  private void text(String sql) {
    for (Token token : Lexer.tokens(sql, flavour)) {
      if (token.isSignificant()) {
        String name = token.name(sql);
        add(name);
        add(owners.getOrDefault(fold(name), ""));
      }
    }
  }

  private void add(String name) {
    catalog.table(name).filter(table -> found.add(fold(table.name()))).ifPresent(open::add);
  }

  private void follow(Table table) {
    if (table.view()) {
      text(table.sql());
    }
    table.triggers().forEach(trigger -> text(trigger.sql()));
    catalog.referencesTo(table.name()).stream().map(ForeignKey::table).forEach(this::add);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
