package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.error.CairnException;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.tree.Opaque;
import java.util.List;
import java.util.Locale;

/** Asks the engine whether it can run a statement at all; one that can't needs no approval. */
final class EngineCheck {
  private final Session session;

  EngineCheck(Session session) {
    this.session = session;
  }

  /** Fails with exit 1, in the engine's words, where it can't. Settings act while they compile. */
  void compile(Analysis analysis) {
    if (StatementShape.classify(analysis.sql(), session.flavour()) == StatementKind.SETTING) {
      return;
    }
    try {
      session.statements().check(analysis.sql());
    } catch (CairnException refused) {
      throw forKey(analysis, refused);
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
