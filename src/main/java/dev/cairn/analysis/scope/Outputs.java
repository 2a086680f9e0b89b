package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/** Works out which columns a SELECT list, a RETURNING or a VALUES yields. */
final class Outputs {

  private Outputs() {}

  static void of(List<Query.SelectItem> items, Block block) {
    for (Query.SelectItem item : items) {
      if (item.expr() instanceof Expr.Star star) {
        star(star, block);
      } else {
        block.add(
            new Output(
                name(item),
                Optional.of(item.expr()),
                Optional.empty(),
                "",
                item.alias().isPresent(),
                item.span()));
      }
    }
  }

  private static String name(Query.SelectItem item) {
    if (item.alias().isPresent()) {
      return item.alias().get().text();
    }
    if (item.expr() instanceof Expr.ColumnRef ref) {
      return ref.column().text();
    }
    return item.expr() instanceof Expr.Function function ? function.name() : "";
  }

  private static void star(Expr.Star star, Block block) {
    String only = star.qualifier().map(Name::text).orElse("");
    for (Relation relation : block.relations()) {
      if (only.isEmpty() ? relation.kind() != Relation.Kind.EXCLUDED : matches(relation, only)) {
        for (String column : relation.columns()) {
          block.add(
              new Output(
                  column, Optional.empty(), Optional.of(relation), column, false, star.span()));
        }
        if (relation.open()) {
          block.markOpen();
        }
      }
    }
  }

  private static boolean matches(Relation relation, String label) {
    return relation.label().equalsIgnoreCase(label);
  }

  static void of(Query.Values values, Block block) {
    if (values.rows().isEmpty()) {
      return;
    }
    int number = 1;
    for (Expr value : values.rows().get(0)) {
      String name = "column" + number++;
      block.add(new Output(name, Optional.of(value), Optional.empty(), "", false, value.span()));
    }
  }
}
