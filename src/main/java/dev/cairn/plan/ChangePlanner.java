package dev.cairn.plan;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the plan of a change: from a plan file, or from a statement that was typed. */
public final class ChangePlanner {
  private ChangePlanner() {}

  /** The plan of a file. Fails with exit 1 and the place where its statement can't be planned. */
  static Plan plan(PlanFile file, Catalog catalog, Dialect dialect) {
    SqlText sql = file.change().orElseThrow();
    try {
      return plan(file.name(), file.text(), false, sql.sql(), catalog, dialect);
    } catch (CairnException refused) {
      throw refused.span().isPresent() ? refused : refused.at(sql.span());
    }
  }

  /**
   * The plan of a typed statement, named for what it does.
   *
   * @param sql one statement, without its semicolon
   */
  public static Plan plan(String sql, Catalog catalog, Dialect dialect) {
    Plan plan = plan("change", sql, true, sql, catalog, dialect);
    ChangeRows step = (ChangeRows) plan.step();
    String name = step.kind().word() + "-" + step.target().table().name();
    return new Plan(
        name.replaceAll("[^A-Za-z0-9_-]", "_").toLowerCase(Locale.ROOT),
        plan.text(),
        true,
        plan.where(),
        plan.schema(),
        plan.steps(),
        plan.findings());
  }

  private static Plan plan(
      String name, String text, boolean typed, String sql, Catalog catalog, Dialect dialect) {
    // What FOR KEY stands for is written out; a mistake isn't mended behind anybody's back.
    Analysis analysis = new Analyzer(catalog, dialect.flavour()).analyse("", sql);
    ChangeRows step = Changes.of(analysis.sql(), analysis.statement(), catalog, dialect);
    return new Plan(
        name,
        text,
        typed,
        Optional.empty(),
        catalog.fingerprint(),
        List.of(step),
        analysis.findings());
  }
}
