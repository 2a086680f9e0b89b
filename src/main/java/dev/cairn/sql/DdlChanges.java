package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl.Action;
import dev.cairn.sql.tree.Ddl.AlterTable;
import dev.cairn.sql.tree.Ddl.ColumnDefinition;
import dev.cairn.sql.tree.Ddl.Drop;
import dev.cairn.sql.tree.Ddl.Truncate;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE, DROP and TRUNCATE, each from behind its first word on. */
final class DdlChanges {

  private final DdlTokens tokens;

  DdlChanges(DdlTokens tokens) {
    this.tokens = tokens;
  }

  AlterTable alterTable(int start) {
    tokens.acceptAll("IF", "EXISTS");
    tokens.accept("ONLY");
    List<Name> path = tokens.path();
    tokens.accept("*");
    List<Action> actions = new ArrayList<>();
    do {
      actions.add(action());
      if (!tokens.atEnd() && !tokens.nextIs(",")) {
        throw tokens.unexpected("not understood from here on");
      }
    } while (tokens.accept(","));
    return new AlterTable(path, actions, tokens.spanFrom(start));
  }

  private Action action() {
    int start = tokens.offset();
    if (tokens.accept("RENAME")) {
      return rename(start);
    }
    if (tokens.accept("ADD")) {
      return add();
    }
    if (tokens.accept("DROP")) {
      return drop();
    }
    if (tokens.accept("ALTER")) {
      return alterColumn(start);
    }
    return other(start);
  }

  private Action other(int start) {
    tokens.skipTo(",");
    String text = tokens.textFrom(start);
    if (text.isEmpty()) {
      throw tokens.unexpected("expected what is to be altered");
    }
    return new Action.Other(text);
  }

  private Action rename(int start) {
    if (tokens.accept("TO")) {
      return new Action.RenameTable(tokens.name());
    }
    if (tokens.nextIs("CONSTRAINT") && !tokens.secondIs("TO")) {
      return other(start);
    }
    if (tokens.nextIs("COLUMN") && !tokens.secondIs("TO")) {
      tokens.step();
    }
    Name from = tokens.name();
    tokens.expect("TO");
    return new Action.RenameColumn(from, tokens.name());
  }

  private Action add() {
    DdlConstraints constraints = new DdlConstraints(tokens);
    if (constraints.isNext()) {
      int start = tokens.offset();
      return constraints
          .tableConstraint()
          .<Action>map(Action.AddConstraint::new)
          .orElseGet(() -> new Action.Other("ADD " + tokens.textFrom(start)));
    }
    if (tokens.nextIs("COLUMN") && !tokens.secondIs(",")) {
      tokens.step();
    }
    boolean ifNotExists = tokens.acceptAll("IF", "NOT", "EXISTS");
    DdlColumns columns = new DdlColumns(tokens);
    ColumnDefinition column = columns.column();
    return new Action.AddColumn(ifNotExists, column, columns.constraints());
  }

  private Action drop() {
    boolean constraint = tokens.nextIs("CONSTRAINT");
    if (constraint || tokens.nextIs("COLUMN")) {
      tokens.step();
    }
    tokens.acceptAll("IF", "EXISTS");
    Name name = tokens.name();
    tokens.accept("CASCADE", "RESTRICT");
    return constraint ? new Action.DropConstraint(name) : new Action.DropColumn(name);
  }

  private Action alterColumn(int start) {
    if (tokens.nextIs("CONSTRAINT")) {
      return other(start);
    }
    tokens.accept("COLUMN");
    Name column = tokens.name();
    Optional<String> type = Optional.empty();
    Optional<Boolean> notNull = Optional.empty();
    Optional<String> defaultValue = Optional.empty();
    if (tokens.acceptAll("SET", "NOT", "NULL")) {
      notNull = Optional.of(true);
      tokens.skipTo(",");
    } else if (tokens.acceptAll("DROP", "NOT", "NULL")) {
      notNull = Optional.of(false);
    } else if (tokens.acceptAll("SET", "DEFAULT")) {
      defaultValue = Optional.of(new DdlColumns(tokens).defaultText());
    } else if (tokens.acceptAll("DROP", "DEFAULT")) {
      defaultValue = Optional.of("");
    } else if (tokens.acceptAll("SET", "DATA", "TYPE") || tokens.accept("TYPE")) {
      int from = tokens.offset();
      tokens.skipTo(",", "USING", "COLLATE");
      type = Optional.of(tokens.textFrom(from));
      tokens.skipTo(",");
    } else {
      return other(start);
    }
    return new Action.AlterColumn(column, type, notNull, defaultValue);
  }

  Drop drop(int start) {
    String kind = tokens.word();
    if (kind.equals("MATERIALIZED") || kind.equals("FOREIGN")) {
      kind += " " + tokens.word();
    }
    tokens.accept("CONCURRENTLY");
    boolean ifExists = tokens.acceptAll("IF", "EXISTS");
    if (!isRelation(kind)) {
      boolean cascade = tokens.nextIsName() && endsInCascade();
      tokens.skipAll();
      return new Drop(kind, ifExists, List.of(), cascade, tokens.spanFrom(start));
    }
    List<List<Name>> paths = tokens.paths();
    if (kind.equals("TRIGGER") && tokens.accept("ON")) {
      List<Name> path = new ArrayList<>(tokens.path());
      path.addAll(paths.get(0));
      paths = List.of(path);
    }
    boolean cascade = tokens.accept("CASCADE");
    tokens.accept("RESTRICT");
    tokens.expectEnd();
    return new Drop(kind, ifExists, paths, cascade, tokens.spanFrom(start));
  }

  private static boolean isRelation(String kind) {
    return switch (kind) {
      case "TABLE", "VIEW", "MATERIALIZED VIEW", "INDEX", "TRIGGER", "FOREIGN TABLE" -> true;
      default -> false;
    };
  }

  private boolean endsInCascade() {
    while (!tokens.atEnd()) {
      if (tokens.accept("CASCADE")) {
        return true;
      }
      tokens.skipOne();
    }
    return false;
  }

  Truncate truncate(int start) {
    tokens.accept("TABLE");
    List<List<Name>> paths = tokens.paths();
    if (tokens.accept("RESTART", "CONTINUE")) {
      tokens.expect("IDENTITY");
    }
    boolean cascade = tokens.accept("CASCADE");
    tokens.accept("RESTRICT");
    tokens.expectEnd();
    return new Truncate(paths, cascade, tokens.spanFrom(start));
  }
}
