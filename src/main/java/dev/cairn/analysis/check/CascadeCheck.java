package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.cascade.Cascade;
import dev.cairn.analysis.cascade.CascadeAction;
import dev.cairn.analysis.cascade.Cascades;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which rows of other tables go, lose their reference or stand in the way. */
public final class CascadeCheck implements Check {

  @Override
  public String name() {
    return "cascade";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    List<Statement> seen = new ArrayList<>();
    for (Effect effect : context.effects()) {
      if (seen.stream().noneMatch(part -> part == effect.part())) {
        seen.add(effect.part());
        for (Cascade cascade : of(context, effect.part())) {
          findings.add(finding(context, effect.part(), cascade));
        }
      }
    }
    return findings;
  }

  /** What one part of a statement does to other tables. */
  static List<Cascade> of(CheckContext context, Statement part) {
    boolean dropsOnly = part instanceof Ddl.Drop && context.flavour() == Flavour.POSTGRESQL;
    return dropsOnly
        ? List.of() // there a table that others refer to isn't dropped, or the references go
        : new Cascades(context.catalog(), context.flavour())
            .of(context.text(), StatementText.withs(context.statement()), part);
  }

  private Finding finding(CheckContext context, Statement part, Cascade cascade) {
    boolean refuses = cascade.action() == CascadeAction.RESTRICT;
    String way = String.join(" → ", cascade.path());
    String what = what(cascade);
    Optional<Probe> probe =
        Parameters.in(context)
            ? Optional.empty()
            : Optional.of(new Probe(cascade.countSql(), "{n} rows of " + what + " (" + way + ")"));
    return context.finding(
        name(),
        refuses ? Severity.NOTE : context.severity(Severity.WARNING),
        "rows of " + what + " (" + way + ")",
        Places.target(part),
        probe);
  }

  private static String what(Cascade cascade) {
    String columns = String.join(", ", cascade.columns());
    return switch (cascade.action()) {
      case DELETE -> cascade.table() + " are deleted too, by ON DELETE CASCADE";
      case SET_NULL -> cascade.table() + " lose their " + columns + ", by SET NULL";
      case SET_DEFAULT -> cascade.table() + " get the default for " + columns + ", by SET DEFAULT";
      case UPDATE -> cascade.table() + " change their " + columns + ", by ON UPDATE CASCADE";
      case RESTRICT -> cascade.table() + " refer to them, so that the statement fails";
    };
  }
}
