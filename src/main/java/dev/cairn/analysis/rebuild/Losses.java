package dev.cairn.analysis.rebuild;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.cascade.Cascade;
import dev.cairn.analysis.cascade.CascadeAction;
import dev.cairn.analysis.cascade.Cascades;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Trigger;
import dev.cairn.dialect.QuotedName;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a table with what it is made anew as. */
final class Losses {
  private final Script script;
  private final Parts parts;
  private final String file;
  private final List<Finding> losses = new ArrayList<>();
  private final List<Integer> at = new ArrayList<>();

  Losses(Script script, Parts parts, String file) {
    this.script = script;
    this.parts = parts;
    this.file = file;
  }

  Rebuild rebuild() {
    copies();
    columns();
    indexes();
    triggers();
    references();
    return new Rebuild(parts.name(), parts.drop(), losses, at);
  }

  private void copies() {
    int copies = 0;
    for (int i = parts.created() + 1; i < parts.drop(); i++) {
      if (script.statement(i) instanceof Insert insert
          && insert.target().name().is(parts.newName())) {
        Copy copy = new Copy(script, parts, i, insert);
        if (copy.readsOld()) {
          copies++;
          int place = i;
          copy.losses().forEach(loss -> lose(place, loss.message(), loss.span(), loss.probe()));
        }
      }
    }
    boolean filled =
        script.statement(parts.created()) instanceof Ddl.CreateTable create
            && create.as().isPresent();
    if (copies == 0 && !filled) {
      lose(
          "no statement copies the rows of " + parts.name(),
          rows(
              "SELECT count(*) FROM " + QuotedName.of(parts.name()),
              "no statement copies the {n} rows of " + parts.name()));
    } else if (copies > 1) {
      lose(
          "the rows of "
              + parts.name()
              + " are copied in "
              + copies
              + " parts, and nothing proves that these are all",
          Optional.empty());
    }
  }

  private Optional<Probe> rows(String sql, String message) {
    boolean there = script.start().table(parts.name()).isPresent();
    return there ? Optional.of(new Probe(sql, message)) : Optional.empty();
  }

  private void columns() {
    for (Column column : parts.old().columns()) {
      if (parts.made().column(column.name()).isEmpty() && !column.generated()) {
        lose(
            "the new " + parts.name() + " has no column `" + column.name() + "`",
            knownAtStart(column.name())
                ? rows(
                    "SELECT count("
                        + QuotedName.of(column.name())
                        + ") FROM "
                        + QuotedName.of(parts.name()),
                    "the new "
                        + parts.name()
                        + " has no column `"
                        + column.name()
                        + "`, which holds {n} values")
                : Optional.empty());
      }
    }
  }

  private boolean knownAtStart(String column) {
    return script.start().table(parts.name()).flatMap(table -> table.column(column)).isPresent();
  }

  private void indexes() {
    for (Key key : parts.old().keys()) {
      boolean kept =
          !stays(key.columns())
              || parts.made().keys().stream().anyMatch(each -> each.covers(key.columns()));
      if (!kept) {
        lose(
            "the new " + parts.name() + " has no key (" + String.join(", ", key.columns()) + ")",
            Optional.empty());
      }
    }
    for (Index index : parts.old().indexes()) {
      boolean ofKey =
          index.primary() || (index.unique() && !index.partial() && !index.columns().contains(""));
      boolean kept = parts.made().indexes().stream().anyMatch(each -> alike(index, each));
      if (!ofKey
          && !kept
          && stays(index.columns().stream().filter(each -> !each.isEmpty()).toList())) {
        lose(
            "index " + index.name() + " goes with the old table and isn't made again",
            Optional.empty());
      }
    }
  }

  /** An index on a column that is gone goes with it. */
  private boolean stays(List<String> columns) {
    return columns.stream().allMatch(column -> parts.made().column(column).isPresent());
  }

  private static boolean alike(Index left, Index right) {
    return left.unique() == right.unique()
        && folded(left.parts()).equals(folded(right.parts()))
        && left.where().map(Losses::bare).equals(right.where().map(Losses::bare));
  }

  private static List<String> folded(List<String> parts) {
    return parts.stream().map(Losses::bare).toList();
  }

  private static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\"`\\[\\]]+", "");
  }

  private void triggers() {
    for (Trigger trigger : parts.old().triggers()) {
      boolean kept =
          parts.made().triggers().stream()
              .anyMatch(each -> each.name().equalsIgnoreCase(trigger.name()));
      if (!kept) {
        lose(
            "trigger " + trigger.name() + " goes with the old table and isn't made again",
            Optional.empty());
      }
    }
  }

  private void references() {
    for (ForeignKey key : parts.old().foreignKeys()) {
      boolean kept =
          !stays(key.columns())
              || parts.made().foreignKeys().stream().anyMatch(each -> same(key, each));
      if (!kept) {
        lose("the new " + parts.name() + " no longer refers to " + key.parent(), Optional.empty());
      }
    }
    for (ForeignKey key : script.start().referencesTo(parts.name())) {
      boolean own = key.table().equalsIgnoreCase(parts.name());
      boolean kept =
          script.end().table(key.table()).isEmpty()
              || script.end().referencesTo(parts.name()).stream()
                  .anyMatch(each -> same(key, each) && each.table().equalsIgnoreCase(key.table()));
      if (!own && !kept) {
        lose(key.table() + " no longer refers to " + parts.name(), Optional.empty());
      }
    }
    if (script.flavour() == Flavour.SQLITE) {
      cascades();
    } else if (script.statement(parts.drop()) instanceof Ddl.Drop drop && drop.cascade()) {
      for (ForeignKey key : script.before(parts.drop()).referencesTo(parts.oldName())) {
        if (!key.table().equalsIgnoreCase(parts.oldName())) {
          lose("DROP … CASCADE takes the reference of " + key.table() + " away", Optional.empty());
        }
      }
    }
  }

  private static boolean same(ForeignKey left, ForeignKey right) {
    return left.columns().toString().equalsIgnoreCase(right.columns().toString())
        && left.parent().equalsIgnoreCase(right.parent())
        && left.onDelete().equalsIgnoreCase(right.onDelete());
  }

  /** SQLite deletes every row before it drops the table, and what refers to them follows. */
  private void cascades() {
    if (!script.enforces(parts.drop())) {
      return;
    }
    boolean askable = parts.oldName().equalsIgnoreCase(parts.name());
    for (Cascade cascade :
        new Cascades(askable ? script.start() : script.before(parts.drop()), script.flavour())
            .ofAll(parts.oldName())) {
      boolean loses =
          cascade.action() != CascadeAction.RESTRICT
              && !cascade.table().equalsIgnoreCase(parts.oldName())
              && !cascade.table().equalsIgnoreCase(parts.newName());
      if (loses) {
        String what =
            "rows of "
                + cascade.table()
                + (cascade.action() == CascadeAction.DELETE
                    ? " go too"
                    : " lose their " + String.join(", ", cascade.columns()));
        String words =
            "DROP TABLE deletes the old rows first, and with them %s%s by "
                + cascade.action().words();
        lose(
            words.formatted("", what) + off(),
            askable
                ? rows(cascade.countSql(), words.formatted("{n} ", what) + off())
                : Optional.empty());
      }
    }
  }

  private static String off() {
    return "; PRAGMA foreign_keys = OFF before BEGIN keeps them";
  }

  private void lose(String message, Optional<Probe> probe) {
    Span span =
        script.statement(parts.drop()) instanceof Ddl.Drop drop
            ? drop.paths().stream()
                .map(Script::last)
                .filter(name -> name.is(parts.oldName()))
                .findFirst()
                .orElseThrow()
                .span()
            : script.statement(parts.drop()).span();
    lose(parts.drop(), message, span, probe);
  }

  private void lose(int place, String message, Span span, Optional<Probe> probe) {
    SourceSpan where = SourceSpan.at(file, script.text(place), span.start());
    losses.add(
        new Finding(
            RebuildCheck.NAME,
            Severity.ERROR,
            message,
            Optional.of(where),
            Optional.empty(),
            probe));
    at.add(place);
  }

  /** For messages. */
  static String list(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
