package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.EffectKind;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what isn't understood: an error where it may write, else a note. */
public final class OpaqueCheck implements Check {

  @Override
  public String name() {
    return "opaque";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    Statement statement = inner(context.statement());
    List<Finding> findings = new ArrayList<>();
    for (Effect effect : context.effects()) {
      if (effect.kind() == EffectKind.OPAQUE) {
        findings.add(found(context, effect.part(), Severity.ERROR, "so what it writes is unknown"));
      }
    }
    if (findings.isEmpty() && statement instanceof Opaque) {
      findings.add(found(context, statement, Severity.NOTE, "and nothing in it is checked"));
    }
    return findings;
  }

  private Finding found(
      CheckContext context, Statement part, Severity severity, String consequence) {
    String reason =
        part instanceof Opaque opaque
            ? "not understood (" + opaque.reason() + "), "
            : "not analysed, ";
    int at = part instanceof Opaque opaque ? opaque.offset() : part.span().start();
    int place = Math.min(at, context.text().length());
    return context.finding(
        name(), severity, reason + consequence, new Span(place, place), Optional.empty());
  }

  private static Statement inner(Statement statement) {
    return statement instanceof Explain explain ? explain.statement() : statement;
  }
}
