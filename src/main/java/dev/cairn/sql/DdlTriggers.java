package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl.CreateTrigger;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE TRIGGER, from behind the word TRIGGER on. */
final class DdlTriggers {

  private final DdlTokens tokens;
  private final DdlQueries queries;
  private final List<String> events = new ArrayList<>();
  private List<Name> updateOf = List.of();
  private Optional<Expr> when = Optional.empty();

  DdlTriggers(DdlTokens tokens, DdlQueries queries) {
    this.tokens = tokens;
    this.queries = queries;
  }

  CreateTrigger trigger(boolean orReplace, int start) {
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    List<Name> path = tokens.path();
    String timing = timing();
    events();
    tokens.expect("ON");
    List<Name> table = tokens.path();
    List<Statement> body = tokens.sqlite() ? sqliteBody() : postgresqlBody();
    return new CreateTrigger(
        path.get(path.size() - 1),
        orReplace,
        ifNotExists,
        timing,
        events,
        updateOf,
        table,
        when,
        body,
        tokens.spanFrom(start));
  }

  private String timing() {
    if (tokens.acceptAll("INSTEAD", "OF")) {
      return "INSTEAD OF";
    }
    if (tokens.accept("AFTER")) {
      return "AFTER";
    }
    tokens.accept("BEFORE");
    return "BEFORE";
  }

  private void events() {
    do {
      String event = tokens.word();
      boolean truncate = !tokens.sqlite() && event.equals("TRUNCATE");
      if (!truncate && !List.of("INSERT", "UPDATE", "DELETE").contains(event)) {
        throw tokens.unexpected("expected INSERT, UPDATE or DELETE");
      }
      events.add(event);
      if (event.equals("UPDATE") && tokens.accept("OF")) {
        updateOf = columns();
      }
    } while (!tokens.sqlite() && tokens.accept("OR"));
  }

  private List<Name> columns() {
    List<Name> columns = new ArrayList<>();
    do {
      columns.add(tokens.name());
    } while (tokens.accept(","));
    return columns;
  }

  private List<Statement> sqliteBody() {
    tokens.acceptAll("FOR", "EACH", "ROW");
    if (tokens.accept("WHEN")) {
      int from = tokens.offset();
      do {
        // new.begin is a column
        if (!tokens.accept(".")) {
          tokens.skipOne();
        } else {
          tokens.step();
        }
      } while (!tokens.atEnd() && !tokens.nextIs("BEGIN"));
      when = queries.condition(from, tokens.endOfLast());
    }
    tokens.expect("BEGIN");
    List<Statement> body = new ArrayList<>();
    while (!tokens.accept("END")) {
      int from = tokens.offset();
      tokens.skipTo(";");
      int to = tokens.endOfLast();
      tokens.expect(";");
      if (!queries.outline()) {
        body.add(queries.statement(from, to));
      }
    }
    tokens.expectEnd();
    return body;
  }

  private List<Statement> postgresqlBody() {
    tokens.skipTo("WHEN", "EXECUTE");
    if (tokens.accept("WHEN")) {
      int from = tokens.offset();
      tokens.group();
      when = queries.condition(from, tokens.endOfLast());
    }
    int from = tokens.offset();
    tokens.expect("EXECUTE");
    if (!tokens.accept("FUNCTION", "PROCEDURE")) {
      throw tokens.unexpected("expected FUNCTION");
    }
    tokens.path();
    tokens.group();
    tokens.expectEnd();
    return List.of(
        queries.opaque(from, tokens.endOfLast(), "what the function does is not known here"));
  }
}
