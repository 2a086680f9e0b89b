package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.rebuild.Rebuild;
import dev.cairn.analysis.rebuild.RebuildCheck;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementSplitter;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a person has typed since BEGIN, so that a DROP TABLE is judged as what it is there: a part
 * of a table made anew by hand, which loses what the copy left behind.
 */
final class OpenTransaction {
  private static final String NO_KEYS = "PRAGMA foreign_keys = OFF";

  private final Session session;
  private final List<Analysis> statements = new ArrayList<>();
  private Catalog start;

  OpenTransaction(Session session) {
    this.session = session;
  }

  /** A statement is about to run, or was refused. */
  void saw(Analysis analysis, Catalog catalog) {
    boolean begins =
        analysis.statement() instanceof TransactionControl control
            && control.kind() == TransactionControl.Kind.BEGIN;
    if (begins || !session.inTransaction()) {
      statements.clear();
      start = begins ? catalog : null;
    }
    if (start != null) {
      statements.add(analysis);
    }
  }

  /**
   * The analysis of a statement with what the rebuild that it is part of would lose.
   *
   * @param rest what follows it in the text that it stands in
   */
  Analysis judged(Analysis analysis, String rest) {
    boolean drops = analysis.statement() instanceof Ddl.Drop drop && drop.kind().equals("TABLE");
    if (!drops || start == null || !session.inTransaction()) {
      return analysis;
    }
    Flavour flavour = session.flavour();
    List<Analysis> script = new ArrayList<>();
    Analyzer analyzer = new Analyzer(start, flavour);
    if (!enforces()) {
      script.add(analyzer.analyse("", NO_KEYS));
    }
    script.addAll(statements);
    int place = script.size();
    script.add(analysis);
    following(rest).forEach(text -> script.add(analyzer.analyse("", text)));
    List<Finding> findings = new ArrayList<>(analysis.findings());
    for (Name dropped : dropped(analysis)) {
      List<Analysis> whole = new ArrayList<>(script);
      Optional<String> made = made(script, place, dropped);
      if (made.isPresent() && !isRenamed(script, dropped)) {
        // Nobody has said yet what becomes of the new table; it is there to take the old one's
        // name.
        whole.add(analyzer.analyse("", rename(made.get(), dropped)));
      }
      made.ifPresent(name -> findings.add(left(dropped, name)));
      for (Rebuild rebuild : RebuildCheck.find("", whole, start, flavour)) {
        for (int i = 0; rebuild.drop() == place && i < rebuild.losses().size(); i++) {
          findings.add(here(rebuild.losses().get(i), rebuild.at().get(i) == place));
        }
      }
    }
    return analysis.with(findings);
  }

  /** A place in another statement is none in this one. */
  private static Finding here(Finding loss, boolean here) {
    return here
        ? loss
        : new Finding(
            loss.check(),
            loss.severity(),
            loss.message(),
            Optional.empty(),
            loss.rewrite(),
            loss.probe());
  }

  private static List<Name> dropped(Analysis analysis) {
    return ((Ddl.Drop) analysis.statement()).paths().stream().map(OpenTransaction::last).toList();
  }

  /** The table that was made in this transaction and took rows, for the one that is dropped. */
  private static Optional<String> made(List<Analysis> script, int place, Name dropped) {
    for (int i = place - 1; i >= 0; i--) {
      if (script.get(i).statement() instanceof Insert insert) {
        Name target = last(insert.target().path());
        boolean created =
            script.subList(0, i).stream()
                .anyMatch(
                    each ->
                        each.statement() instanceof Ddl.CreateTable create
                            && last(create.path()).is(target.text()));
        if (created && !target.is(dropped.text())) {
          return Optional.of(target.text());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRenamed(List<Analysis> script, Name dropped) {
    return script.stream()
        .map(Analysis::statement)
        .filter(Ddl.AlterTable.class::isInstance)
        .flatMap(alter -> ((Ddl.AlterTable) alter).actions().stream())
        .anyMatch(
            action ->
                action instanceof Ddl.Action.RenameTable rename && rename.to().is(dropped.text()));
  }

  /** The copy may have failed, or taken fewer rows: the data says. */
  private Finding left(Name dropped, String made) {
    Dialect dialect = session.database().dialect();
    String count = "(SELECT count(*) FROM %s)";
    String sql =
        "SELECT max(0, %s - %s)"
            .formatted(
                count.formatted(dialect.quote(dropped.text())),
                count.formatted(dialect.quote(made)));
    String words = "rows of " + dropped.text() + " are not in " + made + ", and DROP takes them";
    return new Finding(
        RebuildCheck.NAME,
        Severity.ERROR,
        words,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Probe(sql, "{n} " + words)));
  }

  private String rename(String made, Name dropped) {
    Dialect dialect = session.database().dialect();
    return "ALTER TABLE " + dialect.quote(made) + " RENAME TO " + dialect.quote(dropped.text());
  }

  /** The statements up to the end of the transaction. */
  private List<String> following(String rest) {
    List<String> following = new ArrayList<>();
    for (Piece piece : StatementSplitter.all(rest, session.flavour())) {
      String text = piece.text(rest);
      following.add(text);
      if (text.strip().matches("(?is)(commit|end|rollback)\\b.*")) {
        break;
      }
    }
    return following;
  }

  private boolean enforces() {
    if (session.flavour() != Flavour.SQLITE) {
      return true;
    }
    try (RowStream rows = session.statements().run(SqlFragment.of("PRAGMA foreign_keys"))) {
      return !rows.next() || rows.number(0) != 0;
    }
  }

  private static Name last(List<Name> path) {
    return path.get(path.size() - 1);
  }
}
