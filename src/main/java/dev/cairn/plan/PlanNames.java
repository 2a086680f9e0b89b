package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.ExpressionProblem;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.NameUse;
import dev.cairn.sql.SqlExpression;
import java.util.List;

/**
 * Looks up what a plan file names. Nothing from a file reaches SQL before it was found here: tables
 * and columns in the catalog, expressions as single balanced expressions over the source's columns.
 */
final class PlanNames {
  private final Catalog catalog;
  private final Flavour flavour;

  PlanNames(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
  }

  Table table(SqlText name) {
    return catalog
        .table(name.sql())
        .orElseThrow(
            () ->
                hinted(
                    error("there is no table '" + name.sql() + "'", name),
                    catalog.nearest(name.sql()).orElse(null)));
  }

  Column column(Table table, SqlText name) {
    List<String> all = table.columns().stream().map(Column::name).toList();
    return table
        .column(name.sql())
        .orElseThrow(
            () ->
                hinted(
                    error(table.name() + " has no column '" + name.sql() + "'", name),
                    Catalog.nearest(name.sql(), all).orElse(null)));
  }

  /** Fails unless the text is one expression over this table's columns, without clock or chance. */
  void expression(SqlText text, Table source) {
    for (ExpressionProblem problem : SqlExpression.check(text.sql(), flavour)) {
      throw error(problem.message() + " in `" + shown(text.sql()) + "`", text);
    }
    for (NameUse use : SqlExpression.names(text.sql(), flavour)) {
      boolean own = use.qualifier().isEmpty() || use.qualifier().equalsIgnoreCase(source.name());
      if (!own) {
        throw error("an expression reads columns of " + source.name() + " only", text);
      }
      column(source, new SqlText(use.name(), text.span()));
    }
  }

  CairnException error(String message, SqlText text) {
    SourceSpan span = text.span();
    return CairnException.failed("plan-schema", message).at(span);
  }

  private static CairnException hinted(CairnException error, String nearest) {
    return nearest == null ? error : error.hint("did you mean " + nearest + "?");
  }

  private static String shown(String sql) {
    return sql.length() <= 60 ? sql : sql.substring(0, 57) + "...";
  }
}
