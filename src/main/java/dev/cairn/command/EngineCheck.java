package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.database.RowStream;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.tree.Opaque;
import java.util.List;
import java.util.Locale;

/** Asks the engine whether it can run a statement at all; one that can't needs no approval. */
final class EngineCheck {
  private final Session session;
  private final Analyses analyses;

  EngineCheck(Session session, Analyses analyses) {
    this.session = session;
    this.analyses = analyses;
  }

  /** Fails with exit 1, in the engine's words, where it can't. Settings act while they compile. */
  void compile(Analysis analysis) {
    boolean setting =
        StatementShape.classify(analysis.sql(), session.flavour()) == StatementKind.SETTING;
    String word = StatementShape.firstWord(analysis.sql(), session.flavour());
    if (setting && !word.equalsIgnoreCase("ATTACH") && !word.equalsIgnoreCase("DETACH")) {
      return;
    }
    try {
      session.statements().check(analysis.sql());
    } catch (CairnException refused) {
      throw forKey(analysis, refused);
    }
    refuseShadowed(analysis);
  }

  /**
   * In this session the name means the temporary table, to the catalog and the journal the other.
   */
  private void refuseShadowed(Analysis analysis) {
    if (session.flavour() != Flavour.SQLITE || analysis.effects().isEmpty()) {
      return;
    }
    try (RowStream names =
        session.statements().run("SELECT name FROM temp.sqlite_schema WHERE type <> 'index'")) {
      while (names.next()) {
        String name = names.text(0);
        boolean meant =
            analysis.effects().stream()
                .anyMatch(effect -> effect.table().filter(name::equalsIgnoreCase).isPresent());
        if (meant && analyses.catalog().table(name).isPresent()) {
          throw CairnException.refused(
                  "temporary-table", "a temporary table hides the table " + name + " here")
              .hint("drop temp." + name + " or give it another name");
        }
      }
    }
  }

  /** An engine knows nothing of FOR KEY; why it couldn't be written out is the better answer. */
  private static CairnException forKey(Analysis analysis, CairnException refused) {
    List<Finding> findings = analysis.findings();
    boolean unexpanded =
        analysis.statement() instanceof Opaque
            && findings.size() == 1
            && analysis.text().toUpperCase(Locale.ROOT).matches("(?s).*\\bFOR\\s+KEY\\b.*");
    if (!unexpanded) {
      return refused;
    }
    CairnException said = CairnException.failed("for-key", findings.get(0).message());
    return findings.get(0).span().map(said::at).orElse(said);
  }
}
