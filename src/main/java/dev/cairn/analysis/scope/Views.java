package dev.cairn.analysis.scope;

import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The queries behind the views of one catalog, each read once. Safe for several threads. */
public final class Views {

  /**
   * A view's query.
   *
   * @param columns the names that the view gives to its columns, empty where the query's hold
   */
  record Definition(Query query, List<Name> columns) {}

  private final Flavour flavour;
  private final Map<String, Optional<Definition>> definitions = new ConcurrentHashMap<>();

  /** The views of the statements of one engine. */
  public Views(Flavour flavour) {
    this.flavour = flavour;
  }

  /** The view's query; empty where it isn't understood. */
  Optional<Definition> of(Table view) {
    return definitions.computeIfAbsent(view.sql() == null ? "" : view.sql(), this::read);
  }

  private Optional<Definition> read(String sql) {
    if (sql.isBlank()) {
      return Optional.empty();
    }
    Statement statement = SqlParser.parse(sql, flavour);
    if (statement instanceof Ddl.CreateView view) {
      return Optional.of(new Definition(view.query(), view.columns()));
    }
    if (statement instanceof Query query) {
      return Optional.of(new Definition(query, List.of()));
    }
    return behindAs(sql);
  }

  /** PostgreSQL hands out the bare query; for the rest what follows AS is one. */
  private Optional<Definition> behindAs(String sql) {
    int depth = 0;
    for (Token token : Lexer.tokens(sql, flavour)) {
      if (token.is(sql, "(")) {
        depth++;
      } else if (token.is(sql, ")")) {
        depth--;
      } else if (depth == 0 && token.is(sql, "AS")) {
        Statement behind = SqlParser.parse(sql.substring(token.end()), flavour);
        return behind instanceof Query query
            ? Optional.of(new Definition(query, List.of()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
