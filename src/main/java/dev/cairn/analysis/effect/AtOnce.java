package dev.cairn.analysis.effect;

import dev.cairn.analysis.Effect;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a statement is harmless by the contract. Both the tree and the tokens must say so; what
 * other rows lose to cascades and what triggers do is never harmless.
 */
public final class AtOnce {
  private final Catalog catalog;
  private final Flavour flavour;

  /** The rule for the statements of one engine against one catalog. */
  public AtOnce(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
  }

  /** Whether the statement may run without being shown first. */
  public boolean runs(Statement statement, StatementKind shape, List<Effect> effects) {
    return switch (shape) {
      case READ -> effects.isEmpty();
      case BEGIN, COMMIT, ROLLBACK, SAVEPOINT, ADDITIVE_DDL -> true;
      case INSERT_VALUES -> statement instanceof Insert insert && addsOnly(insert);
      case CHANGE -> changesOneRow(statement);
      default -> false;
    };
  }

  private boolean addsOnly(Insert insert) {
    boolean plain =
        insert.with().isEmpty()
            && insert.orAction().isEmpty()
            && insert.onConflict().isEmpty()
            && insert.source().stream().allMatch(source -> source.body() instanceof Query.Values);
    if (!plain || !isHere(insert.target())) {
      return false;
    }
    // The engine itself says no to a table that nobody knows.
    return catalog
        .table(insert.target().name().text())
        .map(table -> !table.view() && !replaces(table) && !acts(table, "INSERT", List.of()))
        .orElse(true);
  }

  private boolean changesOneRow(Statement statement) {
    if (statement instanceof Update update) {
      return update.with().isEmpty()
          && update.orAction().isEmpty()
          && update.from().isEmpty()
          && update.forKey().isEmpty()
          && update.assignments().stream().noneMatch(each -> asks(each.value()))
          && namesOneRow(update.target(), update.where())
          && leavesOthersAlone(update);
    }
    if (statement instanceof Delete delete) {
      return delete.with().isEmpty()
          && delete.using().isEmpty()
          && delete.forKey().isEmpty()
          && namesOneRow(delete.target(), delete.where())
          && catalog
              .table(delete.target().name().text())
              .filter(table -> !acts(table, "DELETE", List.of()))
              .filter(table -> !cascades(table))
              .isPresent();
    }
    return false;
  }

  private boolean leavesOthersAlone(Update update) {
    Optional<Table> found = catalog.table(update.target().name().text());
    if (found.isEmpty()) {
      return false;
    }
    Table table = found.get();
    List<String> set =
        update.assignments().stream()
            .map(Assignment::columns)
            .flatMap(List::stream)
            .map(Name::text)
            .toList();
    boolean moves =
        catalog.referencesTo(table.name()).stream()
            .filter(key -> actsOn(key.onUpdate()))
            .anyMatch(key -> key.parentColumns().stream().anyMatch(each -> has(set, each)));
    return !moves && !replaces(table) && !acts(table, "UPDATE", set);
  }

  private boolean cascades(Table table) {
    return catalog.referencesTo(table.name()).stream()
        .map(ForeignKey::onDelete)
        .anyMatch(AtOnce::actsOn);
  }

  private static boolean actsOn(String action) {
    return action.equals("CASCADE") || action.startsWith("SET");
  }

  private boolean namesOneRow(From.TableRef target, Optional<Expr> where) {
    Optional<Table> table = catalog.table(target.name().text()).filter(each -> !each.view());
    if (table.isEmpty() || where.isEmpty() || !isHere(target) || asks(where.get())) {
      return false;
    }
    Set<String> pinned = new HashSet<>();
    List<Expr> terms = where.get() instanceof Expr.And and ? and.operands() : List.of(where.get());
    terms.forEach(term -> pin(term, target, pinned));
    boolean byKey =
        table.get().keys().stream()
            .map(Key::columns)
            .anyMatch(key -> pinned.containsAll(fold(key)));
    boolean byNumber =
        flavour == Flavour.SQLITE
            && !table.get().withoutRowid()
            && table.get().column("rowid").isEmpty()
            && pinned.contains("rowid");
    return byKey || byNumber;
  }

  private static void pin(Expr term, From.TableRef target, Set<String> pinned) {
    if (term instanceof Expr.And and) {
      and.operands().forEach(each -> pin(each, target, pinned));
      return;
    }
    if (!(term instanceof Expr.Compare compare) || compare.op() != Expr.CompareOp.EQUAL) {
      return;
    }
    List<Expr> left = ExprParts.items(compare.left());
    List<Expr> right = ExprParts.items(compare.right());
    for (int i = 0; i < left.size() && left.size() == right.size(); i++) {
      pinColumn(left.get(i), right.get(i), target, pinned);
      pinColumn(right.get(i), left.get(i), target, pinned);
    }
  }

  private static void pinColumn(Expr column, Expr value, From.TableRef target, Set<String> pinned) {
    boolean own =
        column instanceof Expr.ColumnRef ref
            && ref.qualifier().map(each -> each.is(target.label().text())).orElse(true);
    if (own && (value instanceof Expr.Literal || value instanceof Expr.Parameter)) {
      pinned.add(((Expr.ColumnRef) column).column().folded());
    }
  }

  private static boolean asks(Expr expr) {
    boolean[] asks = {false};
    ExprParts.walk(expr, part -> {}, (query, usage) -> asks[0] = true);
    return asks[0];
  }

  private boolean isHere(From.TableRef ref) {
    if (ref.path().size() == 1) {
      return true;
    }
    String schema = ref.path().get(ref.path().size() - 2).folded();
    return schema.equals(flavour == Flavour.SQLITE ? "main" : "public");
  }

  private static boolean replaces(Table table) {
    return table.primaryConflict().equals("REPLACE")
        || table.indexes().stream().map(Index::onConflict).anyMatch("REPLACE"::equals);
  }

  /** Whether a trigger on such an event does more than look. */
  private boolean acts(Table table, String event, List<String> columns) {
    return table.triggers().stream()
        .filter(trigger -> trigger.firesOn(event))
        .filter(
            trigger ->
                columns.isEmpty()
                    || trigger.columns().isEmpty()
                    || trigger.columns().stream().anyMatch(each -> has(columns, each)))
        .anyMatch(this::writes);
  }

  private boolean writes(Trigger trigger) {
    boolean looks =
        SqlParser.parse(trigger.sql(), flavour) instanceof Ddl.CreateTrigger made
            && !trigger.timing().startsWith("INSTEAD")
            && !made.body().isEmpty()
            && made.body().stream().allMatch(Query.class::isInstance);
    return !looks;
  }

  private static boolean has(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static List<String> fold(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
