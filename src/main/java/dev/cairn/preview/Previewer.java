package dev.cairn.preview;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Rewrite;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.plan.scope.ScopedPart;
import dev.cairn.plan.scope.Scopes;
import dev.cairn.sql.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the database what a typed statement would do: the rows as written and key-safe, what each
 * column loses, the findings that only data can decide. Reads only, all in one view.
 */
public final class Previewer {
  private final Supplier<List<ReadView>> views;
  private final Catalog catalog;
  private final Dialect dialect;

  /**
   * @param views opens views of the database at one moment, as the one who asks sees it; one or two
   * @param catalog the schema that the statements were analysed against
   * @param dialect the database's SQL
   */
  public Previewer(Supplier<List<ReadView>> views, Catalog catalog, Dialect dialect) {
    this.views = views;
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /** Measures a statement. Fails with exit 1 where the engine refuses its queries. */
  public StatementPreview preview(Analysis analysis) {
    long started = System.nanoTime();
    try (SideBySide asked = new SideBySide(views.get())) {
      ReadView view = asked.view();
      Analysis answered = new ProbeAnswers(view).answered(analysis);
      List<TargetScope> scopes = scopes(asked, answered);
      double seconds = (System.nanoTime() - started) / 1e9;
      String executed = answered.sql();
      List<String> access =
          scopes.isEmpty() ? List.of() : new AccessWords(catalog).of(view, executed);
      double estimate = scopes.stream().mapToDouble(each -> new Cost(catalog).seconds(each)).sum();
      return new StatementPreview(answered, scopes, access, seconds, estimate);
    }
  }

  /** The analysis alone, its findings answered by the data. */
  public Analysis answered(Analysis analysis) {
    if (analysis.findings().stream().allMatch(finding -> finding.probe().isEmpty())) {
      return analysis;
    }
    try (SideBySide asked = new SideBySide(views.get())) {
      return new ProbeAnswers(asked.view()).answered(analysis);
    }
  }

  private List<TargetScope> scopes(SideBySide asked, Analysis analysis) {
    String text = analysis.sql();
    List<ScopedPart> written = parts(text, analysis);
    Optional<String> rewritten =
        analysis.rewrite().map(Rewrite::sql).filter(sql -> !sql.equals(text));
    List<ScopedPart> safe = rewritten.map(sql -> parts(sql, analysis)).orElse(List.of());
    ScopeMeasurer measurer = new ScopeMeasurer(asked, catalog, dialect);
    List<TargetScope> scopes = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      boolean paired = safe.size() == written.size();
      scopes.add(
          measurer.measure(
              text, written.get(i), paired ? Optional.of(safe.get(i)) : Optional.empty()));
    }
    return scopes;
  }

  private List<ScopedPart> parts(String text, Analysis analysis) {
    return Scopes.of(
        text,
        text.equals(analysis.sql())
            ? analysis.statement()
            : SqlParser.parse(text, dialect.flavour()),
        catalog,
        dialect);
  }
}
