package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.KeyKind;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds changes of columns by which rows are known: of the primary key, of what other tables refer
 * to, and, where several rows are changed at once, of a unique key.
 */
public final class KeyChange implements Check {

  @Override
  public String name() {
    return "key-change";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      Optional<Relation> target = block.relations().stream().findFirst();
      Optional<Table> table = target.flatMap(Relation::table).filter(each -> !each.view());
      if (table.isPresent()) {
        for (Assignment assignment : assignments(block.statement().orElseThrow())) {
          find(context, block, target.get(), assignment, findings);
        }
      }
    }
    return findings;
  }

  private static List<Assignment> assignments(Statement statement) {
    if (statement instanceof Update update) {
      return update.assignments();
    }
    if (statement instanceof Insert insert) {
      return insert.onConflict().stream().flatMap(each -> each.assignments().stream()).toList();
    }
    return statement instanceof Merge merge
        ? merge.whens().stream().flatMap(each -> each.assignments().stream()).toList()
        : List.of();
  }

  private void find(
      CheckContext context,
      Block block,
      Relation target,
      Assignment assignment,
      List<Finding> findings) {
    Table table = target.table().orElseThrow();
    List<Expr> values =
        assignment.value() instanceof Expr.RowValue row ? row.items() : List.of(assignment.value());
    for (int i = 0; i < assignment.columns().size(); i++) {
      Name column = assignment.columns().get(i);
      boolean stays = i < values.size() && isItself(block, target, column, values.get(i));
      Optional<String> why = stays ? Optional.empty() : why(context, block, table, column);
      why.ifPresent(
          words ->
              findings.add(
                  context.finding(
                      name(),
                      context.severity(Severity.WARNING),
                      "`" + column.text() + "` is " + words,
                      column.span(),
                      Optional.empty())));
    }
  }

  private static Optional<String> why(CheckContext context, Block block, Table table, Name column) {
    List<String> referring =
        context.catalog().referencesTo(table.name()).stream()
            .filter(key -> key.parentColumns().stream().anyMatch(column::is))
            .map(ForeignKey::table)
            .distinct()
            .toList();
    String after = referring.isEmpty() ? "" : ", to which " + listed(referring) + " refer";
    for (Key key : table.keys()) {
      boolean part = key.columns().stream().anyMatch(column::is);
      boolean primary = key.kind() == KeyKind.PRIMARY;
      if (part && (primary || !referring.isEmpty() || !OneRow.keeps(block))) {
        String whole = "(" + String.join(", ", key.columns()) + ")";
        return Optional.of(
            (key.composite() ? "part of " : "")
                + table.name()
                + "'s "
                + (primary ? "primary" : "unique")
                + " key "
                + whole
                + after);
      }
    }
    return referring.isEmpty()
        ? Optional.empty()
        : Optional.of("what " + listed(referring) + " refer to");
  }

  private static String listed(List<String> tables) {
    return tables.size() < 4
        ? String.join(", ", tables)
        : String.join(", ", tables.subList(0, 3)) + " and " + (tables.size() - 3) + " more tables";
  }

  /** {@code SET id = id}, and in an upsert {@code SET id = excluded.id} for the key in conflict. */
  private static boolean isItself(Block block, Relation target, Name column, Expr value) {
    if (!(value instanceof Expr.ColumnRef ref) || !ref.column().is(column.text())) {
      return false;
    }
    Optional<Relation> relation = block.column(ref).map(ResolvedColumn::relation);
    if (relation.filter(target::equals).isPresent()) {
      return true;
    }
    boolean refused = relation.filter(each -> each.kind() == Relation.Kind.EXCLUDED).isPresent();
    return refused
        && block.statement().orElseThrow() instanceof Insert insert
        && insert.onConflict().stream()
            .flatMap(each -> each.target().stream())
            .anyMatch(each -> each instanceof Expr.ColumnRef key && key.column().is(column.text()));
  }
}
