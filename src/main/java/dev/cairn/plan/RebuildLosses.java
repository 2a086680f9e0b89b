package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rebuild would lose of the schema without saying so; each is an error. */
final class RebuildLosses {
  private static final String NAME = "rebuild-loss";

  private final RebuildSpec wanted;
  private final Catalog catalog;
  private final RebuildSchema schema;
  private final RebuildTable step;
  private final Dialect dialect;
  private final List<Finding> findings = new ArrayList<>();

  RebuildLosses(
      RebuildSpec wanted,
      Catalog catalog,
      RebuildSchema schema,
      RebuildTable step,
      Dialect dialect) {
    this.wanted = wanted;
    this.catalog = catalog;
    this.schema = schema;
    this.step = step;
    this.dialect = dialect;
  }

  List<Finding> findings() {
    columns();
    indexes();
    texts();
    keys();
    references();
    if (step.swap().wasNumbered() && !step.swap().numbered()) {
      lose("without AUTOINCREMENT the new %s would give numbers of removed rows again", "");
    }
    return findings;
  }

  private void columns() {
    for (Column column : step.old().columns()) {
      boolean stays = wanted.columns().keySet().stream().anyMatch(column.name()::equalsIgnoreCase);
      boolean named =
          wanted.drop().stream().anyMatch(each -> each.sql().equalsIgnoreCase(column.name()));
      if (!stays && !named) {
        lose(
            "column %2$s of %1$s is neither among the new columns nor named under `drop`",
            column.name());
      }
    }
  }

  private void indexes() {
    for (SchemaObject object : step.swap().after()) {
      boolean kept = !step.swap().given().contains(object.name());
      List<String> gone = schema.mentioned(object.sql(), gone());
      if (object.type().equals("index") && kept && !gone.isEmpty()) {
        lose(
            "index %2$s of %1$s speaks of "
                + String.join(", ", gone)
                + ": name it under `drop_indexes`, or give its new text under `indexes`",
            object.name());
      }
    }
  }

  private void texts() {
    for (SchemaObject object : schema.around()) {
      boolean given = step.swap().given().stream().anyMatch(object.name()::equalsIgnoreCase);
      List<String> gone = schema.mentioned(object.sql(), gone());
      if (!object.type().equals("index") && !given && !gone.isEmpty()) {
        lose(
            object.type()
                + " %2$s speaks of "
                + String.join(", ", gone)
                + ", which the new %1$s lacks: give its new text under `texts`",
            object.name());
      }
    }
  }

  /** The old columns that the new table has under no name. */
  private List<String> gone() {
    return step.old().columns().stream()
        .map(Column::name)
        .filter(name -> step.made().column(name).isEmpty())
        .toList();
  }

  private void keys() {
    for (Key key : step.old().keys()) {
      boolean meant =
          wanted.dropIndexes().stream().anyMatch(name -> name.sql().equalsIgnoreCase(key.name()));
      boolean stays = key.columns().stream().allMatch(name -> step.made().column(name).isPresent());
      if (stays && !meant && !RebuildSchema.hasKey(step.made(), key.columns())) {
        lose("the new %s is no longer unique over (%2$s)", String.join(", ", key.columns()));
      }
    }
  }

  private void references() {
    for (ForeignKey key : step.old().foreignKeys()) {
      boolean stays = key.columns().stream().allMatch(name -> step.made().column(name).isPresent());
      boolean kept = step.made().foreignKeys().stream().anyMatch(each -> same(key, each));
      if (stays && !kept) {
        lose("the new %s no longer refers to %2$s", key.parent());
      }
    }
    for (ForeignKey key : catalog.referencesTo(step.old().name())) {
      if (!isKept(key.parentColumns()) || !RebuildSchema.hasKey(step.made(), key.parentColumns())) {
        lose(
            "%2$s refers to ("
                + String.join(", ", key.parentColumns())
                + ") of %1$s, which must"
                + " be taken over as they are and stay unique",
            key.table());
      }
    }
  }

  private boolean isKept(List<String> columns) {
    return columns.stream()
        .allMatch(
            name ->
                Optional.ofNullable(step.forward().get(madeName(name)))
                    .filter(dialect.quote(oldName(name))::equals)
                    .isPresent());
  }

  private String madeName(String name) {
    return step.made().column(name).map(Column::name).orElse(name);
  }

  private String oldName(String name) {
    return step.old().column(name).map(Column::name).orElse(name);
  }

  private static boolean same(ForeignKey left, ForeignKey right) {
    return left.columns().toString().equalsIgnoreCase(right.columns().toString())
        && left.parent().equalsIgnoreCase(right.parent())
        && left.onDelete().equalsIgnoreCase(right.onDelete())
        && left.onUpdate().equalsIgnoreCase(right.onUpdate());
  }

  private void lose(String message, String what) {
    Table old = step.old();
    findings.add(
        new Finding(
            NAME,
            Severity.ERROR,
            message.formatted(old.name(), what),
            Optional.of(wanted.table().span())));
  }
}
