package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.error.SourceSpan;
import dev.cairn.report.Format;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Piece;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.Token;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the SQL that a person types, as the engine stands. Until the analysis knows a change's
 * scope, every change but plain INSERT … VALUES and additive DDL wants a yes.
 */
final class TypedSql {
  private static final Set<StatementKind> AT_ONCE =
      EnumSet.of(
          StatementKind.READ,
          StatementKind.INSERT_VALUES,
          StatementKind.ADDITIVE_DDL,
          StatementKind.BEGIN,
          StatementKind.COMMIT,
          StatementKind.ROLLBACK,
          StatementKind.SAVEPOINT);

  private static final Pattern UNKNOWN_NAME =
      Pattern.compile("no such (table|column): (?:main\\.)?(?:[^.]*\\.)?(.+)");
  private static final Pattern NEAR =
      Pattern.compile("near \"(.+)\": syntax error", Pattern.DOTALL);

  private final Session session;

  TypedSql(Session session) {
    this.session = session;
  }

  void run(String origin, String text, Piece piece) {
    String statement = piece.text(text);
    session.database();
    StatementKind kind = StatementShape.classify(statement, session.flavour());
    try {
      if (!AT_ONCE.contains(kind)) {
        compile(statement, kind);
        approve(statement, kind);
      }
      execute(statement, kind);
    } catch (CairnException error) {
      throw error.code().equals("not-approved") ? error : placed(error, origin, text, piece);
    }
  }

  /** A statement that can't run at all needs no approval. Settings act while they compile. */
  private void compile(String statement, StatementKind kind) {
    if (kind != StatementKind.SETTING) {
      session.statements().check(statement);
    }
  }

  private void approve(String statement, StatementKind kind) {
    if (session.settings().yes()) {
      return;
    }
    String what =
        kind == StatementKind.OPAQUE ? "is not understood" : "changes more than it spells out";
    Optional<String> answer = session.console().ask("This statement " + what + ". Run it? [y/N] ");
    if (answer.isPresent() && answer.get().strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      return;
    }
    String first = StatementShape.firstWord(statement, session.flavour()).toUpperCase(Locale.ROOT);
    throw CairnException.refused(
            "not-approved",
            "this " + (first.isEmpty() ? "statement" : first) + " was not run: it " + what)
        .hint(
            answer.isPresent() ? "answer y to run it" : "pass --yes to run it without being asked");
  }

  private void execute(String statement, StatementKind kind) {
    StatementSession statements = session.statements();
    session.interrupts().running(statements::cancel);
    try (RowStream rows = statements.run(statement)) {
      if (!rows.columns().isEmpty()) {
        session.output().rows(rows);
      }
    } finally {
      session.interrupts().idle();
    }
    if (kind == StatementKind.INSERT_VALUES || kind == StatementKind.CHANGE) {
      report(statement, statements.changes());
    }
  }

  private void report(String statement, long changes) {
    String verb = StatementShape.firstWord(statement, session.flavour()).toLowerCase(Locale.ROOT);
    if (session.settings().format() != Format.JSON) {
      session
          .output()
          .notice("%,d %s".formatted(changes, changes == 1 ? "row changed" : "rows changed"));
      return;
    }
    boolean insert = verb.equals("insert") || verb.equals("replace");
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run", null);
    run.put("plan", null);
    run.put("status", "SUCCEEDED");
    run.put("expected", changes);
    run.put("inserted", insert ? changes : 0L);
    run.put("identical", 0L);
    run.put("kept", 0L);
    run.put("replaced", 0L);
    run.put("updated", verb.equals("update") || verb.equals("with") ? changes : 0L);
    run.put("deleted", verb.equals("delete") ? changes : 0L);
    run.put("rejected", 0L);
    run.put("batches", 1L);
    run.put("seconds", 0.0);
    run.put("lanes", List.of());
    session.output().json("run", run);
  }

  /** The engine's error at the place in the text that it speaks of, with the nearest known name. */
  private CairnException placed(CairnException error, String origin, String text, Piece piece) {
    String message = String.valueOf(error.getMessage());
    Matcher near = NEAR.matcher(message);
    Matcher unknown = UNKNOWN_NAME.matcher(message);
    int offset = piece.start();
    CairnException result = error;
    if (near.find()) {
      offset = find(text, piece, near.group(1)).orElse(piece.start());
    } else if (unknown.find()) {
      String name = unknown.group(2);
      offset = find(text, piece, name).orElse(piece.start());
      Optional<String> nearest = nearest(unknown.group(1), name);
      if (nearest.isPresent()) {
        result = error.hint("did you mean " + nearest.get() + "?");
      }
    }
    return result.at(SourceSpan.at(origin, text, offset));
  }

  private Optional<String> nearest(String what, String name) {
    Catalog catalog = session.database().catalog();
    if (what.equals("table")) {
      return catalog.nearest(name);
    }
    return Catalog.nearest(
        name,
        catalog.tables().stream()
            .flatMap(table -> table.columns().stream())
            .map(column -> column.name())
            .distinct()
            .toList());
  }

  private Optional<Integer> find(String text, Piece piece, String token) {
    for (int at = piece.start(); at < piece.end(); ) {
      Token next = Lexer.next(text, at, session.flavour());
      String found = text.substring(next.start(), next.end());
      if (found.equalsIgnoreCase(token) || found.equalsIgnoreCase('"' + token + '"')) {
        return Optional.of(next.start());
      }
      at = next.end();
    }
    return Optional.empty();
  }
}
