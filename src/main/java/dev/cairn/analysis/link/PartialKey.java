package dev.cairn.analysis.link;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Views;
import dev.cairn.sql.tree.Ddl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The check {@code partial-key}: whether each link between tables is made over all columns of the
 * key it goes through.
 */
public final class PartialKey implements Check {
  private final Views views;

  /** The check for the statements of one catalog, whose views are read once. */
  public PartialKey(Views views) {
    this.views = views;
  }

  @Override
  public String name() {
    return "partial-key";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    Links links = Links.of(context.resolution(), context.catalog(), context.text());
    List<Finding> findings = new ArrayList<>();
    Set<String> messages = new LinkedHashSet<>();
    for (Gap gap : links.gaps()) {
      if (messages.add(gap.message() + gap.edge().at())) {
        findings.add(finding(gap, links, context));
      }
    }
    if (links.cut()) {
      findings.add(
          new Finding(
              name(),
              severity(context),
              "the statement links so many tables that not every link was looked at: split it",
              Optional.of(context.place(context.statement().span()))));
    }
    for (LonePin pin : links.pins()) {
      if (links.gaps().stream().noneMatch(gap -> speaksOf(gap, pin.relation()))) {
        findings.add(pinned(pin, context));
      }
    }
    return findings;
  }

  private Finding finding(Gap gap, Links links, CheckContext context) {
    Rewriter.Fix fix = new Rewriter(context, views).one(gap, links);
    String message =
        fix.reason().isEmpty() ? gap.message() : gap.message() + ". No rewrite: " + fix.reason();
    return new Finding(
        name(),
        severity(context),
        message,
        Optional.of(context.place(gap.edge().at())),
        fix.rewrite(),
        Optional.empty());
  }

  private static boolean speaksOf(Gap gap, Relation relation) {
    return gap.one() == relation || gap.other() == relation;
  }

  /** What a trigger or a table made from a query will hold is written too. */
  static Severity severity(CheckContext context) {
    boolean keeps =
        context.statement() instanceof Ddl.CreateTrigger
            || context.statement() instanceof Ddl.CreateTable;
    return keeps ? Severity.ERROR : context.severity(Severity.ERROR);
  }

  private Finding pinned(LonePin pin, CheckContext context) {
    String table = pin.relation().title();
    String start =
        "`"
            + pin.column()
            + "` is only part of `"
            + table
            + "`'s key ("
            + String.join(", ", pin.key())
            + "): `"
            + pin.at().span().in(context.text())
            + "` names a row in each ";
    String count = "count(DISTINCT " + Quoting.name(pin.leading(), context.flavour()) + ")";
    String sql =
        "SELECT CASE WHEN "
            + count
            + " > 1 THEN "
            + count
            + " ELSE 0 END FROM "
            + Quoting.name(table, context.flavour());
    return new Finding(
        name(),
        context.severity(Severity.WARNING),
        start + pin.leading() + ", which isn't given",
        Optional.of(context.place(pin.at().span())),
        Optional.empty(),
        Optional.of(new Probe(sql, start + pin.leading() + ", of which there are {n}")));
  }
}
