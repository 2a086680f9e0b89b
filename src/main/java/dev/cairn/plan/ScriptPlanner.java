package dev.cairn.plan;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.rebuild.RebuildCheck;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the plan of a script: each statement read against the schema as the ones before it leave
 * it. A script holds changes of rows that can be journalled, and changes of the schema.
 */
public final class ScriptPlanner {
  private final SqlText script;
  private final Dialect dialect;
  private final SchemaReplay replay;
  private final List<ScriptStatement> statements = new ArrayList<>();
  private final List<Analysis> analyses = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** Tables whose rows a statement before may have changed. */
  private final Set<String> changed = new HashSet<>();

  private ScriptPlanner(SqlText script, Catalog catalog, Dialect dialect) {
    this.script = script;
    this.dialect = dialect;
    this.replay = new SchemaReplay(catalog, dialect.flavour());
  }

  /** The plan of a step. Fails with exit 1 and the place where a statement can't be in a script. */
  static Plan plan(PlanFile file, Catalog catalog, Dialect dialect) {
    ScriptSpec spec = file.script().orElseThrow();
    ScriptPlanner planner = new ScriptPlanner(spec.script(), catalog, dialect);
    planner.read();
    if (planner.statements.isEmpty()) {
      throw CairnException.failed("plan-script", "the script has no statement")
          .at(spec.script().span());
    }
    planner.judge(catalog);
    List<String> rollback = new ArrayList<>();
    if (spec.rollback().isPresent()) {
      SqlText text = spec.rollback().get();
      pieces(text, dialect).forEach(each -> rollback.add(back(each, text, dialect)));
      if (planner.statements.stream().allMatch(each -> each.change().isPresent())) {
        throw CairnException.failed(
                "plan-script", "the script changes rows only, which the journal takes back")
            .at(text.span())
            .hint("leave `rollback` out");
      }
    }
    RunScript step =
        new RunScript(planner.statements, file.requires(), file.ensures(), rollback, 0);
    return new Plan(
        file.name(),
        file.text(),
        false,
        Optional.empty(),
        catalog.fingerprint(),
        List.of(step),
        planner.findings);
  }

  /**
   * The plan that takes a script's changes of the schema back.
   *
   * @param run the script's run
   * @param script the step as it was applied
   */
  public static Plan rollback(
      String name, String text, long run, PlanFile script, Catalog catalog, Dialect dialect) {
    SqlText declared = script.script().flatMap(ScriptSpec::rollback).orElseThrow();
    List<ScriptStatement> statements = new ArrayList<>();
    for (String sql : pieces(declared, dialect)) {
      statements.add(
          new ScriptStatement(
              sql,
              new Analyzer(catalog, dialect.flavour()).analyse("", sql).statement(),
              Optional.empty()));
    }
    // Asked again in the transaction itself: others may write between the look and the DROP.
    List<Condition> untouched =
        RollbackLosses.of(statements, catalog, dialect).stream()
            .map(loss -> loss.none(declared.span()))
            .toList();
    RunScript step = new RunScript(statements, untouched, List.of(), List.of(), run);
    return new Plan(
        name, text, true, Optional.empty(), catalog.fingerprint(), List.of(step), List.of());
  }

  private static List<String> pieces(SqlText text, Dialect dialect) {
    List<String> pieces = new ArrayList<>();
    for (Piece piece : StatementSplitter.all(text.sql(), dialect.flavour())) {
      pieces.add(piece.text(text.sql()).strip());
    }
    return pieces;
  }

  /** A way back changes the schema only: rows come back from the journal. */
  private static String back(String sql, SqlText rollback, Dialect dialect) {
    StatementKind kind = StatementShape.classify(sql, dialect.flavour());
    if (kind != StatementKind.DDL && kind != StatementKind.ADDITIVE_DDL) {
      throw CairnException.failed(
              "plan-script", "a rollback changes the schema only: " + shown(sql))
          .at(rollback.span())
          .hint("rows that the script changed come back from the journal");
    }
    return sql;
  }

  private void read() {
    for (String sql : pieces(script, dialect)) {
      StatementKind kind = StatementShape.classify(sql, dialect.flavour());
      Catalog now = replay.catalog();
      Analysis analysis = new Analyzer(now, dialect.flavour()).analyse("", sql);
      switch (kind) {
        case CHANGE, INSERT_VALUES -> change(analysis, now);
        case DDL, ADDITIVE_DDL -> schema(analysis, now);
        case READ -> throw refused(sql, "it reads only; `requires` and `ensures` ask questions");
        case BEGIN, COMMIT, ROLLBACK, SAVEPOINT ->
            throw refused(sql, "the script runs in one transaction of its own");
        case SETTING -> throw refused(sql, "a setting is no change of the database");
        case OPAQUE -> throw refused(sql, "it isn't understood");
      }
      analyses.add(analysis);
      replay.follow(analysis.statement(), analysis.sql());
    }
  }

  private void change(Analysis analysis, Catalog now) {
    ChangeRows known;
    try {
      known = Changes.typed(analysis.sql(), analysis.statement(), now, dialect);
    } catch (CairnException unseen) {
      throw refused(analysis.sql(), unseen.getMessage());
    }
    if (known.takesAway()) {
      throw refused(analysis.sql(), "it may take rows away for others")
          .hint("make it a step of its own: `change: { sql: ... }`");
    }
    ChangeRows whole = whole(known);
    whole.touched().forEach(each -> changed.add(fold(each.table().name())));
    statements.add(new ScriptStatement(analysis.sql(), analysis.statement(), Optional.of(whole)));
  }

  /** Several statements may change one table: what is kept of its rows is the same for all. */
  private static ChangeRows whole(ChangeRows change) {
    return new ChangeRows(
        change.sql(),
        change.kind(),
        whole(change.target()),
        change.alsoTouched().stream().map(ScriptPlanner::whole).toList(),
        change.alone(),
        change.takesAway(),
        false,
        change.scope(),
        change.batching(),
        change.reason());
  }

  private static TouchedTable whole(TouchedTable touched) {
    return TouchedTable.whole(touched.table()).orElseThrow();
  }

  private void schema(Analysis analysis, Catalog now) {
    Ddl ddl = analysis.statement() instanceof Ddl known ? known : null;
    boolean other = ddl instanceof Ddl.Other && dialect.flavour() != Flavour.POSTGRESQL;
    if (ddl == null || other || ddl instanceof Ddl.Truncate) {
      throw refused(analysis.sql(), "such a change of the schema can't be part of a script");
    }
    if (OutsideTransaction.runs(analysis.sql(), dialect.flavour())) {
      throw refused(analysis.sql(), "PostgreSQL runs it outside a transaction only")
          .hint("type it at the prompt, before or behind the plan");
    }
    if (ddl instanceof Ddl.AlterTable alter) {
      String table = last(alter.path());
      refuseOwn(analysis, table);
      if (changed.contains(fold(table))) {
        throw refused(analysis.sql(), "rows of " + table + " were changed before it")
            .hint("make it a step of its own, so that each can be taken back");
      }
      boolean loses = alter.actions().stream().anyMatch(Ddl.Action.DropColumn.class::isInstance);
      if (loses) {
        loss(analysis, "the values in the column are not journalled");
      }
    } else if (ddl instanceof Ddl.Drop drop) {
      drop.paths().forEach(path -> dropped(analysis, drop.kind(), last(path), now));
    } else if (ddl instanceof Ddl.CreateTable create) {
      refuseOwn(analysis, last(create.path()));
      if (create.temporary()) {
        throw refused(analysis.sql(), "a temporary table is gone with its connection");
      }
      if (create.as().isPresent()) {
        throw refused(analysis.sql(), "rows that a CREATE TABLE writes are in no journal")
            .hint("CREATE TABLE with its columns, then INSERT INTO ... SELECT");
      }
    }
    statements.add(new ScriptStatement(analysis.sql(), ddl, Optional.empty()));
  }

  private void dropped(Analysis analysis, String kind, String name, Catalog now) {
    if (!kind.equals("TABLE")) {
      return;
    }
    refuseOwn(analysis, name);
    List<String> children =
        now.referencesTo(name).stream()
            .map(ForeignKey::table)
            .filter(table -> !table.equalsIgnoreCase(name))
            .distinct()
            .toList();
    if (!children.isEmpty()) {
      throw refused(analysis.sql(), "rows of " + String.join(", ", children) + " refer to its rows")
          .hint("`rebuild` makes a table anew without losing a row");
    }
    if (changed.contains(fold(name))) {
      throw refused(analysis.sql(), "rows of " + name + " were changed before it")
          .hint("make it a step of its own, so that each can be taken back");
    }
    loss(analysis, "the rows of the table are not journalled");
  }

  private void loss(Analysis analysis, String what) {
    findings.add(
        Finding.of(
            "drop-loss",
            Severity.WARNING,
            shown(analysis.sql()) + ": " + what + ", and no rollback can give them back"));
  }

  private void refuseOwn(Analysis analysis, String table) {
    if (Catalog.isOwn(table)) {
      throw refused(analysis.sql(), table + " is Cairn's own table");
    }
  }

  /** What the checks say, of each statement and of a rebuild that several make up. */
  private void judge(Catalog start) {
    List<Analysis> judged = RebuildCheck.judged("", analyses, start, dialect.flavour());
    for (Analysis analysis : judged) {
      boolean drops = analysis.statement() instanceof Ddl.Drop;
      for (Finding found : analysis.findings()) {
        if (!(drops && found.check().equals("missing-where"))) {
          findings.add(
              new Finding(
                  found.check(),
                  found.severity(),
                  shown(analysis.sql()) + ": " + found.message(),
                  Optional.empty(),
                  Optional.empty(),
                  found.probe()));
        }
      }
    }
  }

  private CairnException refused(String sql, String why) {
    return CairnException.failed("plan-script", shown(sql) + ": " + why).at(script.span());
  }

  private static String shown(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return "`" + (line.length() > 60 ? line.substring(0, 57) + "..." : line) + "`";
  }

  private static String last(List<Name> path) {
    return path.get(path.size() - 1).text();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
