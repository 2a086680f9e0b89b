package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Measured;
import dev.cairn.preview.Measurer;
import dev.cairn.preview.StatementPreview;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementSplitter;
import java.util.List;
import java.util.Optional;

/** Makes a plan of a typed statement: of its key-safe text where it has one. */
final class SqlPlanning {
  private final Session session;
  private final Analyses analyses;

  SqlPlanning(Session session) {
    this.session = session;
    this.analyses = new Analyses(session);
  }

  /** Shows what the statement would do, plans it and shows the plan. */
  Measured plan(String line, Place place) {
    List<Piece> pieces = StatementSplitter.all(line, session.flavour());
    if (pieces.size() != 1) {
      throw CairnException.usage("a plan is of one statement, and here are " + pieces.size())
          .hint("plan and apply them one after the other");
    }
    refuseInTransaction();
    Piece piece = pieces.get(0);
    String statement = piece.text(line).stripTrailing();
    try {
      Analysis analysis = analyses.of("", statement);
      new EngineCheck(session, analyses).compile(analysis);
      return plan(analysis, place.plus(piece.start()));
    } catch (CairnException error) {
      throw new PlacedErrors(session)
          .placed(error, line, piece, offset -> place.span(line, offset));
    }
  }

  private Measured plan(Analysis analysis, Place place) {
    StatementPreview preview = analyses.previewer().preview(analysis);
    session.output().planned(preview, place);
    preview.analysis().rewrite().flatMap(Rewrite::question).ifPresent(this::agree);
    String sql = preview.sql();
    Measured measured = new PlanMaker(session).fromSql(sql);
    Measured found = Measurer.withFindings(measured, left(preview, sql));
    session.output().plan(found, session.database().dialect());
    return found;
  }

  /** What is still to be said of the text that is planned. */
  private List<Finding> left(StatementPreview preview, String sql) {
    return sql.equals(preview.analysis().sql())
        ? preview.analysis().findings()
        : analyses.previewer().answered(analyses.of("", sql)).findings();
  }

  /** A rewrite that changes more than the rows needs a yes of its own. */
  private void agree(String question) {
    Optional<String> answer = session.console().ask("Plan the key-safe text all the same? [y/N] ");
    boolean yes = answer.map(String::strip).filter(word -> word.matches("(?i)y|yes")).isPresent();
    if (!yes) {
      session.plan(null);
      throw CairnException.refused(
              "not-approved", "not planned: the key-safe text changes more than the rows")
          .hint(question + " Write the statement as you mean it, key and all, and plan that");
    }
  }

  private void refuseInTransaction() {
    if (session.inTransaction()) {
      throw CairnException.refused(
              "open-transaction", "a plan can't be made inside an open transaction")
          .hint("COMMIT or ROLLBACK first");
    }
  }
}
