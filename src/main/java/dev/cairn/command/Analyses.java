package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.preview.Previewer;
import dev.cairn.sql.StatementKind;
import java.util.List;

/**
 * Analyses typed statements against the schema as the session sees it. The schema is read once and
 * again when it has changed: a script of ten thousand INSERTs has one.
 */
final class Analyses {
  private final Session session;
  private StatementSession of;
  private long version;
  private Catalog catalog;
  private Analyzer analyzer;

  Analyses(Session session) {
    this.session = session;
  }

  /** What one statement would do; its findings are not yet answered by the data. */
  Analysis of(String origin, String statement) {
    refresh();
    return analyzer.analyse(origin, statement);
  }

  /** The schema as the session sees it, its own open transaction included. */
  Catalog catalog() {
    refresh();
    return catalog;
  }

  /** The number that the schema had when {@link #catalog} was read. */
  long schemaVersion() {
    return version;
  }

  /** Asks the data; sees what the person's own open transaction has written. */
  Previewer previewer() {
    refresh();
    return new Previewer(this::views, catalog, session.database().dialect());
  }

  /** A statement ran: where it may have changed the schema, or taken a change back, forget it. */
  void ran(StatementKind kind) {
    switch (kind) {
      case READ, INSERT_VALUES, CHANGE -> {
        return;
      }
      default -> analyzer = null;
    }
  }

  /** Beside an open transaction nobody else sees what it has written. */
  private List<ReadView> views() {
    return session.inTransaction()
        ? List.of(session.statements().view())
        : session.database().viewsOfOneMoment(Math.min(2, session.database().parallelReads()));
  }

  private void refresh() {
    StatementSession statements = session.statements();
    long now;
    try {
      now = statements.schemaVersion();
    } catch (CairnException failed) {
      if (failed.code().equals("transaction-failed") && analyzer != null && of == statements) {
        return; // nothing is answered there any more; its end is still to be typed
      }
      throw failed;
    }
    if (analyzer == null || of != statements || now != version) {
      catalog = statements.catalog();
      analyzer = new Analyzer(catalog, session.flavour());
      of = statements;
      version = now;
    }
  }
}
