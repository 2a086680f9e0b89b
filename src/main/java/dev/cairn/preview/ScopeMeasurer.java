package dev.cairn.preview;

import dev.cairn.analysis.cascade.Cascade;
import dev.cairn.analysis.cascade.Cascades;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.InsertedRows;
import dev.cairn.plan.scope.NewValue;
import dev.cairn.plan.scope.ReadRows;
import dev.cairn.plan.scope.ScopedPart;
import dev.cairn.plan.scope.UnknownRows;
import dev.cairn.preview.TargetScope.CascadeCount;
import dev.cairn.preview.TargetScope.ColumnChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures one part of a statement, in the views that it is given. */
final class ScopeMeasurer {
  private final SideBySide asked;
  private final ReadView view;
  private final Catalog catalog;
  private final Dialect dialect;

  ScopeMeasurer(SideBySide asked, Catalog catalog, Dialect dialect) {
    this.asked = asked;
    this.view = asked.view();
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /**
   * @param text the statement as it was written
   * @param written its part
   * @param safe the same part of the key-safe text; empty where nothing was rewritten
   */
  TargetScope measure(String text, ScopedPart written, Optional<ScopedPart> safe) {
    Figures figures = new Figures(written);
    if (written.scope() instanceof ChangedRows rows) {
      changed(rows, safe.map(ScopedPart::scope).filter(ChangedRows.class::isInstance), figures);
    } else if (written.scope() instanceof InsertedRows rows) {
      inserted(rows, safe.map(ScopedPart::scope).filter(InsertedRows.class::isInstance), figures);
    } else if (written.scope() instanceof ReadRows rows) {
      read(rows, safe.map(ScopedPart::scope).filter(ReadRows.class::isInstance), figures);
    } else if (written.scope() instanceof UnknownRows unknown) {
      figures.remarks.add("the rows can't be counted beforehand: " + unknown.reason());
    }
    if (safe.isPresent() && figures.keySafe.isEmpty()) {
      figures.remarks.add("the rows of the key-safe statement can't be counted beforehand");
    }
    cascades(text, written, figures);
    triggers(written, figures);
    return figures.scope();
  }

  private void changed(ChangedRows rows, Optional<?> other, Figures figures) {
    Optional<ChangedRows> safe = other.map(ChangedRows.class::cast);
    boolean update = rows.kind() == ChangedRows.Kind.UPDATE;
    Supplier<List<ColumnChange>> columns =
        update ? asked.ask(beside -> new ColumnFigures(beside).of(rows)) : List::of;
    new RowCounts(view).count(rows, safe, figures);
    figures.columns.addAll(columns.get());
    Samples samples = new Samples(view);
    figures.sample.addAll(samples.of(rows, safe, figures));
    if (rows.values().stream().anyMatch(NewValue::varies)) {
      figures.remarks.add("a value is another one each time it is asked; those shown are of now");
    }
    if (rows.repeats() && update) {
      long matches = view.number(SqlFragment.of(rows.matches("count(*)", "")));
      if (matches > figures.asWritten) {
        figures.remarks.add(
            "%,d matches for %,d rows: which of several gives a row its values is the engine's choice"
                .formatted(matches, figures.asWritten));
      }
    }
  }

  /** Which rows a query shares with its key-safe form can't be told: they have no key. */
  private void read(ReadRows rows, Optional<?> other, Figures figures) {
    figures.counted = true;
    figures.asWritten = view.number(rows.count());
    figures.keySafe =
        Optional.of(
            other
                .map(ReadRows.class::cast)
                .map(each -> view.number(each.count()))
                .orElse(figures.asWritten));
    figures.both = Math.min(figures.asWritten, figures.keySafe.get());
  }

  private void inserted(InsertedRows rows, Optional<?> other, Figures figures) {
    Optional<InsertedRows> safe = other.map(InsertedRows.class::cast);
    new InsertFigures(view).measure(rows, safe, figures);
  }

  private void cascades(String text, ScopedPart part, Figures figures) {
    for (Cascade cascade :
        new Cascades(catalog, dialect.flavour()).of(text, List.of(), part.part())) {
      try {
        long rows = view.number(SqlFragment.of(cascade.countSql()));
        if (rows > 0) {
          figures.cascades.add(
              new CascadeCount(cascade.table(), cascade.action().words(), cascade.columns(), rows));
        }
      } catch (CairnException unanswered) {
        figures.remarks.add(
            "the rows of %s that foreign keys reach can't be counted: %s"
                .formatted(cascade.table(), unanswered.getMessage()));
      }
    }
  }

  private void triggers(ScopedPart part, Figures figures) {
    Optional<Table> table = catalog.table(part.scope().target());
    List<String> events = events(part.kind());
    for (Trigger trigger : table.map(Table::triggers).orElse(List.of())) {
      boolean fires = events.stream().anyMatch(event -> firesOn(trigger, event, part));
      if (fires) {
        figures.triggers.add(trigger.name());
      }
    }
  }

  private static boolean firesOn(Trigger trigger, String event, ScopedPart part) {
    if (!trigger.firesOn(event)) {
      return false;
    }
    boolean some = event.equals("UPDATE") && !trigger.columns().isEmpty();
    return !some
        || !(part.scope() instanceof ChangedRows rows)
        || rows.values().stream()
            .anyMatch(
                value ->
                    trigger.columns().stream().anyMatch(value.column().name()::equalsIgnoreCase));
  }

  /** A REPLACE sets off triggers of deletes only with recursive triggers, which are off here. */
  private static List<String> events(String kind) {
    return switch (kind.toUpperCase(Locale.ROOT)) {
      case "UPDATE", "DELETE", "TRUNCATE" -> List.of(kind);
      case "INSERT", "REPLACE" -> List.of("INSERT");
      case "UPSERT" -> List.of("INSERT", "UPDATE");
      case "MERGE" -> List.of("INSERT", "UPDATE", "DELETE");
      default -> List.of();
    };
  }

  /** What is known so far. */
  static final class Figures {
    final ScopedPart part;
    long asWritten;
    boolean counted;
    Optional<Long> keySafe = Optional.empty();
    long both;
    Optional<String> leading = Optional.empty();
    final List<TargetScope.ByValue> by = new ArrayList<>();
    boolean byComplete = true;
    Optional<TargetScope.InsertCounts> insert = Optional.empty();
    final List<TargetScope.ColumnChange> columns = new ArrayList<>();
    final List<TargetScope.SampleRow> sample = new ArrayList<>();
    final List<CascadeCount> cascades = new ArrayList<>();
    final List<String> triggers = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();

    Figures(ScopedPart part) {
      this.part = part;
    }

    TargetScope scope() {
      Optional<Long> written = counted ? Optional.of(asWritten) : Optional.empty();
      return new TargetScope(
          part.scope().target(),
          part.kind(),
          written,
          keySafe,
          both,
          leading,
          by,
          byComplete,
          insert,
          columns,
          sample,
          cascades,
          triggers,
          remarks);
    }
  }
}
