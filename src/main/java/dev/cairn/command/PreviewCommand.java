package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import dev.cairn.preview.StatementPreview;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementSplitter;
import java.util.List;

/** {@code preview SQL}: what statements would do; writes nothing, whatever they are. */
final class PreviewCommand implements Command {
  @Override
  public String name() {
    return "preview";
  }

  @Override
  public String usage() {
    return "preview SQL";
  }

  @Override
  public String summary() {
    return "shows what a statement would do: its rows, where they leak, what is lost; writes nothing";
  }

  @Override
  public List<String> details() {
    return List.of(
        "Counts the rows as written and with the whole key, by the leading key column, what each",
        "column loses, a sample before and after, cascades, triggers, and how the rows are found.",
        "Everything is counted in one view of the data. The exit code is 0 whatever is found.");
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.names(Names.SQL);
  }

  @Override
  public void run(Session session, String rest) {
    run(session, rest, new Place("", rest, 0));
  }

  @Override
  public void run(Session session, String rest, Place place) {
    List<Piece> pieces = StatementSplitter.all(rest, session.flavour());
    if (pieces.isEmpty()) {
      throw CairnException.usage("preview what?").hint(usage());
    }
    session.database();
    Analyses analyses = new Analyses(session);
    for (Piece piece : pieces) {
      preview(session, analyses, rest, piece, place);
    }
  }

  private static void preview(
      Session session, Analyses analyses, String line, Piece piece, Place place) {
    String statement = piece.text(line).stripTrailing();
    Analysis analysis = analyses.of("", statement);
    try {
      new EngineCheck(session, analyses).compile(analysis);
      StatementPreview preview = analyses.previewer().preview(analysis);
      session.output().preview(preview, place.plus(piece.start()));
    } catch (CairnException error) {
      throw new PlacedErrors(session)
          .placed(error, line, piece, offset -> place.span(line, offset));
    }
  }
}
