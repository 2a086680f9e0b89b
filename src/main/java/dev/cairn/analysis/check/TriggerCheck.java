package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.cascade.Cascade;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says which triggers a statement sets off, also through cascades, and what they write. */
public final class TriggerCheck implements Check {

  @Override
  public String name() {
    return "trigger";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Effect effect : context.effects()) {
      Span place = Places.target(effect.part());
      for (TriggerEvent event : TriggerEvent.of(effect)) {
        tell(context, effect.table(), event, place, "", told, findings);
      }
      if (effect.kind().changesRows()) {
        for (Cascade cascade : CascadeCheck.of(context, effect.part())) {
          TriggerEvent event = event(cascade);
          String through = " through " + String.join(" → ", cascade.path());
          tell(context, Optional.of(cascade.table()), event, place, through, told, findings);
        }
      }
    }
    return findings;
  }

  private static TriggerEvent event(Cascade cascade) {
    return switch (cascade.action()) {
      case DELETE -> new TriggerEvent("DELETE", List.of());
      case RESTRICT -> new TriggerEvent("", List.of());
      default -> new TriggerEvent("UPDATE", cascade.columns());
    };
  }

  private void tell(
      CheckContext context,
      Optional<String> table,
      TriggerEvent event,
      Span place,
      String through,
      Set<String> told,
      List<Finding> findings) {
    List<Trigger> triggers =
        table.flatMap(context.catalog()::table).map(Table::triggers).orElse(List.of());
    for (Trigger trigger : triggers) {
      if (event.setsOff(trigger) && told.add(trigger.name() + event.name())) {
        findings.add(
            context.finding(
                name(),
                context.severity(Severity.WARNING),
                message(context, trigger, event, table.get(), through),
                place,
                Optional.empty()));
      }
    }
  }

  private static String message(
      CheckContext context, Trigger trigger, TriggerEvent event, String table, String through) {
    String timing = trigger.timing().isEmpty() ? "" : trigger.timing() + " ";
    return "trigger "
        + trigger.name()
        + " runs "
        + timing
        + event.name()
        + " on "
        + table
        + through
        + writes(context, trigger);
  }

  /** What the trigger's body writes, in words. */
  private static String writes(CheckContext context, Trigger trigger) {
    String sql = trigger.sql() == null ? "" : trigger.sql();
    if (!(SqlParser.parse(sql, context.flavour()) instanceof Ddl.CreateTrigger created)) {
      return "";
    }
    Set<String> words = new LinkedHashSet<>();
    for (Statement statement : created.body()) {
      written(statement).ifPresent(words::add);
    }
    return words.isEmpty() ? "" : " and " + String.join(", ", words);
  }

  private static Optional<String> written(Statement statement) {
    if (statement instanceof Update update) {
      return Optional.of("updates " + update.target().name().text());
    }
    if (statement instanceof Delete delete) {
      return Optional.of("deletes from " + delete.target().name().text());
    }
    return statement instanceof Insert insert
        ? Optional.of("inserts into " + insert.target().name().text())
        : Optional.empty();
  }

  /**
   * Something that a trigger may wait for.
   *
   * @param columns those that an UPDATE assigns
   */
  private record TriggerEvent(String name, List<String> columns) {

    static List<TriggerEvent> of(Effect effect) {
      return switch (effect.kind()) {
        case INSERT -> List.of(new TriggerEvent("INSERT", List.of()));
        case DELETE -> List.of(new TriggerEvent("DELETE", List.of()));
        case TRUNCATE -> List.of(new TriggerEvent("TRUNCATE", List.of()));
        case REPLACE -> List.of(new TriggerEvent("INSERT", List.of()));
        case UPDATE -> List.of(new TriggerEvent("UPDATE", assigned(effect.part())));
        case UPSERT ->
            List.of(
                new TriggerEvent("INSERT", List.of()),
                new TriggerEvent("UPDATE", assigned(effect.part())));
        case MERGE -> merge((Merge) effect.part());
        default -> List.of();
      };
    }

    private static List<TriggerEvent> merge(Merge merge) {
      List<TriggerEvent> events = new ArrayList<>();
      for (Merge.When when : merge.whens()) {
        if (when.action() != Merge.Action.NOTHING) {
          events.add(new TriggerEvent(when.action().name(), names(when.assignments())));
        }
      }
      return events;
    }

    private static List<String> assigned(Statement part) {
      if (part instanceof Update update) {
        return names(update.assignments());
      }
      return part instanceof Insert insert
          ? insert.onConflict().stream()
              .flatMap(each -> names(each.assignments()).stream())
              .toList()
          : List.of();
    }

    private static List<String> names(List<Assignment> assignments) {
      return assignments.stream().flatMap(each -> each.columns().stream()).map(Name::text).toList();
    }

    boolean setsOff(Trigger trigger) {
      boolean mentioned =
          trigger.columns().isEmpty()
              || columns.stream()
                  .anyMatch(
                      column -> trigger.columns().stream().anyMatch(column::equalsIgnoreCase));
      return !name.isEmpty() && trigger.firesOn(name) && (!name.equals("UPDATE") || mentioned);
    }
  }
}
