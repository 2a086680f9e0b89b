package dev.cairn.analysis.rebuild;

import dev.cairn.analysis.Analysis;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Setting;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A script's statements, each with the schema at its place. */
final class Script {
  private static final Pattern ENFORCEMENT =
      Pattern.compile(
          "(?is)\\s*PRAGMA\\s+(?:\\w+\\s*\\.\\s*)?foreign_keys\\s*[=(]\\s*'?(\\w+)'?\\s*\\)?\\s*");

  private final List<Analysis> statements;
  private final Flavour flavour;
  private final List<Catalog> before = new ArrayList<>();

  Script(List<Analysis> statements, Catalog start, Flavour flavour) {
    this.statements = statements;
    this.flavour = flavour;
    SchemaReplay replay = new SchemaReplay(start, flavour);
    before.add(start);
    for (Analysis each : statements) {
      replay.follow(each.statement(), each.text());
      before.add(replay.catalog());
    }
  }

  int size() {
    return statements.size();
  }

  Statement statement(int place) {
    return statements.get(place).statement();
  }

  String text(int place) {
    return statements.get(place).sql();
  }

  Flavour flavour() {
    return flavour;
  }

  /** The schema that a statement meets; that behind the last one for the number of statements. */
  Catalog before(int place) {
    return before.get(place);
  }

  Catalog start() {
    return before.get(0);
  }

  Catalog end() {
    return before.get(size());
  }

  /** Whether foreign keys act at that place, as far as the script says; they do to begin with. */
  boolean enforces(int place) {
    boolean on = true;
    boolean inTransaction = false;
    for (int i = 0; i < place; i++) {
      if (statement(i) instanceof TransactionControl control) {
        inTransaction =
            switch (control.kind()) {
              case BEGIN -> true;
              case COMMIT, ROLLBACK -> false;
              case SAVEPOINT -> inTransaction;
            };
      } else if (statement(i) instanceof Setting && !inTransaction) {
        // Inside a transaction the pragma does nothing.
        var matcher = ENFORCEMENT.matcher(text(i));
        if (matcher.matches()) {
          on = matcher.group(1).matches("(?i)on|1|true|yes");
        }
      }
    }
    return on;
  }

  /** The statement that gives a table this name, in a range of places; -1 for none. */
  int renaming(String from, String to, int first, int last) {
    for (int i = Math.max(first, 0); i < Math.min(last, size()); i++) {
      if (statement(i) instanceof Ddl.AlterTable alter
          && last(alter.path()).is(from)
          && renamed(alter).filter(name -> name.is(to)).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** The name that an ALTER TABLE gives its table. */
  static Optional<Name> renamed(Ddl.AlterTable alter) {
    return alter.actions().stream()
        .filter(Ddl.Action.RenameTable.class::isInstance)
        .map(action -> ((Ddl.Action.RenameTable) action).to())
        .findFirst();
  }

  /** The statement that creates a table of that name, in a range of places; -1 for none. */
  int creating(String table, int first, int last) {
    for (int i = Math.max(first, 0); i < Math.min(last, size()); i++) {
      if (statement(i) instanceof Ddl.CreateTable create && last(create.path()).is(table)) {
        return i;
      }
    }
    return -1;
  }

  static Name last(List<Name> path) {
    return path.get(path.size() - 1);
  }
}
