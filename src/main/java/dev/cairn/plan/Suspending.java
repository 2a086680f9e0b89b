package dev.cairn.plan;

import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.DdlParser;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.StatementSplitter;
import dev.cairn.sql.tree.Ddl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks which triggers a plan wants off, and what it does instead of them. */
final class Suspending {
  private Suspending() {}

  /** What the plan declares; fails with exit 1 and the place where that can't be. */
  static Suspension of(SuspendSpec spec, Table target, PlanNames names, Flavour flavour) {
    if (flavour != Flavour.POSTGRESQL) {
      throw names.error(
          "only PostgreSQL can switch a trigger off for one transaction", spec.triggers().get(0));
    }
    List<String> triggers = new ArrayList<>();
    for (SqlText wanted : spec.triggers()) {
      Trigger found =
          target.triggers().stream()
              .filter(trigger -> trigger.name().equalsIgnoreCase(wanted.sql()))
              .findFirst()
              .orElseThrow(
                  () ->
                      names.error(
                          "%s has no trigger '%s'".formatted(target.name(), wanted.sql()), wanted));
      triggers.add(found.name());
    }
    spec.then()
        .filter(then -> !refreshes(then.sql(), flavour))
        .ifPresent(
            then -> {
              throw names.error("`then` is one REFRESH MATERIALIZED VIEW", then);
            });
    return new Suspension(target.name(), triggers, spec.then().map(SqlText::sql));
  }

  /** Anything else could change rows, of which nothing would be journalled. */
  private static boolean refreshes(String sql, Flavour flavour) {
    Optional<Ddl> read = DdlParser.outline(sql, flavour);
    return StatementSplitter.all(sql, flavour).size() == 1
        && read.filter(Ddl.Other.class::isInstance).isPresent()
        && sql.strip().toUpperCase(Locale.ROOT).startsWith("REFRESH");
  }

  /** The table as a batch meets it. */
  static Table without(Table table, Suspension suspended) {
    return new Table(
        table.name(),
        table.view(),
        table.withoutRowid(),
        table.columns(),
        table.indexes(),
        table.foreignKeys(),
        table.triggers().stream()
            .filter(trigger -> !suspended.triggers().contains(trigger.name()))
            .toList(),
        table.primaryConflict(),
        table.sql());
  }
}
