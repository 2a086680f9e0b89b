package dev.cairn.analysis;

import dev.cairn.analysis.check.Checks;
import dev.cairn.analysis.effect.AtOnce;
import dev.cairn.analysis.effect.Effects;
import dev.cairn.analysis.link.PartialKey;
import dev.cairn.analysis.link.Rewriter;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Resolver;
import dev.cairn.analysis.scope.Views;
import dev.cairn.catalog.Catalog;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Analyses statements against one catalog. Pure and without state; safe for several threads. */
public final class Analyzer {

  private final Catalog catalog;
  private final Flavour flavour;
  private final Views views;
  private final AtOnce atOnce;
  private final List<Check> checks;

  /** An analyzer for the statements of one engine against one catalog. */
  public Analyzer(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
    this.views = new Views(flavour);
    this.atOnce = new AtOnce(catalog, flavour);
    this.checks = checks(views);
  }

  /** In the order in which a person is told. */
  private static List<Check> checks(Views views) {
    List<Check> checks = new ArrayList<>(List.of(new PartialKey(views)));
    checks.addAll(Checks.all());
    return List.copyOf(checks);
  }

  /**
   * Returns what one statement would do and what is wrong with it; never throws for what a person
   * may have typed.
   *
   * @param file the file's name in spans, empty for typed text
   * @param text one statement, without its semicolon
   */
  public Analysis analyse(String file, String text) {
    Statement statement = SqlParser.parse(text, flavour);
    StatementKind shape = StatementShape.classify(text, flavour);
    List<Effect> effects = Effects.of(statement, shape, catalog);
    Resolution resolution = Resolver.resolve(statement, catalog, flavour, views);
    CheckContext context =
        new CheckContext(file, text, flavour, catalog, statement, resolution, effects);
    List<Finding> findings =
        checks.stream().flatMap(check -> check.find(context).stream()).toList();
    boolean harmless =
        findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)
            && atOnce.runs(statement, shape, effects);
    Optional<Rewrite> rewrite = new Rewriter(context, views).all();
    return new Analysis(text, statement, effects, findings, rewrite, harmless);
  }
}
