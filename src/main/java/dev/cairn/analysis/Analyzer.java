package dev.cairn.analysis;

import dev.cairn.analysis.check.Checks;
import dev.cairn.analysis.effect.AtOnce;
import dev.cairn.analysis.effect.Effects;
import dev.cairn.analysis.link.ForKey;
import dev.cairn.analysis.link.PartialKey;
import dev.cairn.analysis.link.Rewriter;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Resolver;
import dev.cairn.analysis.scope.Views;
import dev.cairn.catalog.Catalog;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.DeepStack;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Span;
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
    try {
      return DeepStack.call(text, () -> expandAndAnalyse(file, text));
    } catch (RuntimeException | StackOverflowError e) {
      // Nothing may pass because the analysis itself broke.
      return refused(file, text, "the analysis broke off: " + e, new Span(0, text.length()));
    }
  }

  private Analysis expandAndAnalyse(String file, String text) {
    ForKey.Expansion expansion = ForKey.expand(text, flavour, catalog);
    return expansion.problem().isPresent()
        ? refused(file, text, expansion.problem().get(), expansion.place())
        : analyse(file, text, expansion.text());
  }

  private Analysis analyse(String file, String text, String sql) {
    Statement statement = SqlParser.parse(sql, flavour);
    StatementKind shape = StatementShape.classify(sql, flavour);
    List<Effect> effects = Effects.of(statement, shape, catalog);
    Resolution resolution = Resolver.resolve(statement, catalog, flavour, views);
    CheckContext context =
        new CheckContext(file, sql, flavour, catalog, statement, resolution, effects);
    List<Finding> findings =
        checks.stream().flatMap(check -> check.find(context).stream()).toList();
    boolean harmless =
        findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)
            && atOnce.runs(statement, shape, effects);
    Optional<Rewrite> rewrite = new Rewriter(context, views).all();
    return new Analysis(text, sql, statement, effects, findings, rewrite, harmless);
  }

  /** What can't be read to its end isn't run, whatever it would have done. */
  private static Analysis refused(String file, String text, String problem, Span place) {
    Statement opaque = new Opaque(text, problem, place.start(), new Span(0, text.length()));
    Finding finding =
        new Finding(
            "opaque",
            Severity.ERROR,
            problem,
            Optional.of(SourceSpan.at(file, text, place.start())));
    return new Analysis(
        text,
        opaque,
        List.of(new Effect(EffectKind.OPAQUE, Optional.empty(), opaque)),
        List.of(finding),
        Optional.empty(),
        false);
  }
}
