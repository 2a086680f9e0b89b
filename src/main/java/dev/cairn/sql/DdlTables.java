package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl.ColumnDefinition;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE TABLE, from behind the word TABLE on. */
final class DdlTables {

  private final DdlTokens tokens;
  private final DdlQueries queries;
  private final DdlColumns columns;
  private final DdlConstraints shared;
  private final List<ColumnDefinition> definitions = new ArrayList<>();
  private final List<Constraint> tableConstraints = new ArrayList<>();
  private final List<List<Name>> like = new ArrayList<>();
  private final List<String> options = new ArrayList<>();

  DdlTables(DdlTokens tokens, DdlQueries queries) {
    this.tokens = tokens;
    this.queries = queries;
    this.columns = new DdlColumns(tokens);
    this.shared = new DdlConstraints(tokens);
  }

  CreateTable table(boolean temporary, boolean foreign, int start) {
    if (foreign) {
      options.add("FOREIGN");
    }
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    List<Name> path = tokens.path();
    Optional<Query> as = Optional.empty();
    if (!tokens.sqlite() && tokens.acceptAll("PARTITION", "OF")) {
      like.add(tokens.path());
      partition();
    } else if (!tokens.sqlite() && tokens.accept("OF")) {
      like.add(tokens.path());
      tokens.skipAll();
    } else {
      if (tokens.accept("(")) {
        body();
        tokens.expect(")");
      } else if (!tokens.nextIs("AS", "USING", "WITH", "ON", "TABLESPACE")) {
        throw tokens.unexpected("expected the table's columns");
      }
      storage();
      as = query();
    }
    tokens.expectEnd();
    // A column's own constraints stand before the table's in the text, so this is their order.
    List<Constraint> constraints = new ArrayList<>(columns.constraints());
    constraints.addAll(tableConstraints);
    return new CreateTable(
        path,
        temporary,
        ifNotExists,
        definitions,
        constraints,
        as,
        like,
        options,
        tokens.spanFrom(start));
  }

  /** CREATE VIRTUAL TABLE: its columns are the module's affair. */
  CreateTable virtual(int start) {
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    List<Name> path = tokens.path();
    tokens.expect("USING");
    String module = Characters.upper(tokens.name().text());
    options.add("VIRTUAL");
    options.add("USING " + module);
    boolean listsColumns = module.matches("FTS[345]|RTREE|RTREE_I32");
    if (tokens.nextIs("(")) {
      if (listsColumns) {
        moduleColumns();
      } else {
        tokens.group();
      }
    }
    tokens.expectEnd();
    return new CreateTable(
        path,
        false,
        ifNotExists,
        definitions,
        List.of(),
        Optional.empty(),
        List.of(),
        options,
        tokens.spanFrom(start));
  }

  private void moduleColumns() {
    tokens.expect("(");
    do {
      int start = tokens.offset();
      boolean setting = tokens.secondIs("=");
      if (tokens.nextIsName() && !setting) {
        Name name = tokens.name();
        definitions.add(
            new ColumnDefinition(
                name, "", false, Optional.empty(), false, "", tokens.spanFrom(start)));
      }
      tokens.skipTo(",", ")");
    } while (tokens.accept(","));
    tokens.expect(")");
  }

  private void body() {
    if (!tokens.sqlite() && tokens.nextIs(")")) {
      return;
    }
    do {
      element();
      // SQLite lets the commas between a table's constraints be left out.
      while (tokens.sqlite() && !tableConstraints.isEmpty() && shared.isNext()) {
        element();
      }
    } while (tokens.accept(","));
  }

  private void element() {
    if (shared.isNext()) {
      shared.tableConstraint().ifPresent(tableConstraints::add);
    } else if (!tokens.sqlite() && tokens.nextIs("LIKE")) {
      tokens.accept("LIKE");
      like.add(tokens.path());
      while (tokens.accept("INCLUDING", "EXCLUDING")) {
        tokens.word();
      }
    } else {
      definitions.add(columns.column());
    }
  }

  /** A partition's own columns say little; its parent has them all. */
  private void partition() {
    if (tokens.accept("(")) {
      do {
        if (shared.isNext()) {
          shared.tableConstraint().ifPresent(tableConstraints::add);
        } else {
          tokens.skipTo(",", ")");
        }
      } while (tokens.accept(","));
      tokens.expect(")");
    }
    if (!tokens.nextIs("FOR", "DEFAULT")) {
      throw tokens.unexpected("expected the partition's bounds");
    }
    tokens.skipAll();
  }

  private void storage() {
    while (!tokens.atEnd() && !tokens.nextIs("AS")) {
      if (tokens.sqlite()) {
        sqliteOption();
      } else {
        postgresqlOption();
      }
    }
  }

  private void sqliteOption() {
    if (tokens.acceptAll("WITHOUT", "ROWID")) {
      options.add("WITHOUT ROWID");
    } else if (tokens.accept("STRICT")) {
      options.add("STRICT");
    } else {
      throw tokens.unexpected("not understood behind the columns");
    }
    if (tokens.accept(",") && tokens.atEnd()) {
      throw tokens.unexpected("expected an option");
    }
  }

  private void postgresqlOption() {
    if (tokens.accept("INHERITS")) {
      tokens.expect("(");
      like.addAll(tokens.paths());
      tokens.expect(")");
    } else if (tokens.acceptAll("PARTITION", "BY")) {
      options.add("PARTITION BY " + tokens.word());
      tokens.group();
    } else if (tokens.accept("WITH")) {
      tokens.group();
    } else if (tokens.acceptAll("WITHOUT", "OIDS")) {
      // what they were is gone
    } else if (tokens.acceptAll("ON", "COMMIT")) {
      tokens.word();
      tokens.accept("ROWS");
    } else if (tokens.accept("USING", "TABLESPACE")) {
      tokens.name();
    } else if (tokens.accept("SERVER")) {
      tokens.name();
    } else if (tokens.accept("OPTIONS")) {
      tokens.group();
    } else {
      throw tokens.unexpected("not understood behind the columns");
    }
  }

  private Optional<Query> query() {
    return tokens.accept("AS") ? Optional.of(queries.query()) : Optional.empty();
  }
}
