package dev.cairn.analysis.lint;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.CheckNames;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.rebuild.RebuildCheck;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.error.SourceLines;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementSplitter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges files one after the other, each statement against the schema that the statements before
 * it, in whatever file, have made. For one thread.
 */
public final class Linter {
  private final Flavour flavour;
  private final SchemaReplay replay;
  private final Set<String> unknownTables = new HashSet<>();
  private Analyzer analyzer;
  private Catalog analyzed;

  /**
   * @param start the schema before the first file
   */
  public Linter(Catalog start, Flavour flavour) {
    this.flavour = flavour;
    this.replay = new SchemaReplay(start, flavour);
  }

  /** Follows a file's changes of the schema without judging it; says what can't be followed. */
  public List<Remark> follow(String file, String text) {
    List<Remark> remarks = new ArrayList<>();
    SourceLines lines = new SourceLines(file, text);
    for (Piece piece : StatementSplitter.all(text, flavour)) {
      String statement = piece.text(text);
      int before = replay.skipped().size();
      replay.follow(SqlParser.parse(statement, flavour), statement);
      remark(lines, piece, before, remarks);
    }
    return remarks;
  }

  /** Judges a file. */
  public LintedFile lint(String file, String text) {
    Catalog start = replay.catalog();
    List<Piece> pieces = StatementSplitter.all(text, flavour);
    List<Analysis> analyses = new ArrayList<>();
    List<Remark> remarks = new ArrayList<>();
    SourceLines lines = new SourceLines(file, text);
    for (Piece piece : pieces) {
      Analysis analysis = analyzer().analyse("", piece.text(text).stripTrailing());
      unknownTables(analysis, lines, piece, remarks);
      int before = replay.skipped().size();
      replay.follow(analysis.statement(), analysis.text());
      remark(lines, piece, before, remarks);
      analyses.add(analysis);
    }
    List<Analysis> judged = RebuildCheck.judged("", analyses, start, flavour);
    Allowances allowances = new Allowances(lines, text, flavour, CheckNames.all());
    List<LintedStatement> statements = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      statements.add(linted(judged.get(i).underLint(), pieces.get(i).start(), lines, allowances));
    }
    remarks.addAll(allowances.remarks());
    return new LintedFile(file, text, statements, remarks);
  }

  private static LintedStatement linted(
      Analysis analysis, int offset, SourceLines lines, Allowances allowances) {
    Analysis placed = analysis.placed(lines, offset);
    int line = lines.line(offset);
    List<LintedFinding> findings = new ArrayList<>();
    for (Finding finding : placed.findings()) {
      findings.add(new LintedFinding(finding, allowances.take(finding, line)));
    }
    return new LintedStatement(placed, offset, line, findings);
  }

  private Analyzer analyzer() {
    Catalog now = replay.catalog();
    if (analyzer == null || analyzed != now) {
      analyzer = new Analyzer(now, flavour);
      analyzed = now;
    }
    return analyzer;
  }

  private void remark(SourceLines lines, Piece piece, int before, List<Remark> remarks) {
    List<String> skipped = replay.skipped();
    for (String each : skipped.subList(before, skipped.size())) {
      remarks.add(new Remark(lines.at(piece.start()), "the schema doesn't follow " + each));
    }
  }

  /** A table that no schema is known of has no keys either: that is no clean bill. */
  private void unknownTables(
      Analysis analysis, SourceLines lines, Piece piece, List<Remark> remarks) {
    for (Effect effect : analysis.effects()) {
      String table = effect.table().orElse("");
      boolean unknown =
          effect.kind().changesRows()
              && !table.isEmpty()
              && replay.catalog().table(table).isEmpty();
      if (unknown && unknownTables.add(table.toLowerCase(Locale.ROOT))) {
        remarks.add(
            new Remark(
                lines.at(piece.start()),
                "no schema is known of the table "
                    + table
                    + ": its keys are not checked (--database or --schema tells)"));
      }
    }
  }
}
