package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl.ColumnDefinition;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Ddl.KeyPart;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One column of CREATE TABLE or ADD COLUMN, with the keys and references that stand at it. */
final class DdlColumns {

  private static final String[] STARTERS = {
    "CONSTRAINT",
    "PRIMARY",
    "NOT",
    "NULL",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "COLLATE",
    "REFERENCES",
    "GENERATED",
    "AS",
    "DEFERRABLE",
    "INITIALLY",
    "STORAGE",
    "COMPRESSION",
    "OPTIONS",
    "ENFORCED",
    "NO",
    "ON",
    ",",
    ")"
  };

  private final DdlTokens tokens;
  private final DdlConstraints shared;
  private final List<Constraint> constraints = new ArrayList<>();

  private Name name;
  private boolean notNull;
  private boolean generated;
  private String collation = "";
  private Optional<String> defaultValue = Optional.empty();

  DdlColumns(DdlTokens tokens) {
    this.tokens = tokens;
    this.shared = new DdlConstraints(tokens);
  }

  /** The keys and references of the columns read so far, in their order. */
  List<Constraint> constraints() {
    return constraints;
  }

  ColumnDefinition column() {
    int start = tokens.offset();
    name = tokens.name();
    notNull = false;
    generated = false;
    collation = "";
    defaultValue = Optional.empty();
    String type = type();
    while (!tokens.atEnd() && !tokens.nextIs(",", ")")) {
      constraint();
    }
    boolean serial = !tokens.sqlite() && isSerial(type);
    return new ColumnDefinition(
        name,
        type,
        notNull || serial,
        serial ? Optional.of("nextval") : defaultValue,
        generated,
        collation,
        tokens.spanFrom(start));
  }

  private static boolean isSerial(String type) {
    return switch (Characters.lower(type)) {
      case "serial", "bigserial", "smallserial", "serial4", "serial8", "serial2" -> true;
      default -> false;
    };
  }

  /** The type as it is written, up to the first constraint. */
  String type() {
    int start = tokens.offset();
    if (tokens.atEnd() || isStarter()) {
      return "";
    }
    while (tokens.nextIsName() && !isStarter()) {
      tokens.step();
      if (tokens.nextIs("(") || (!tokens.sqlite() && tokens.nextIs("["))) {
        typeParameters();
      } else if (!tokens.sqlite()) {
        tokens.accept(".");
      }
    }
    return tokens.textFrom(start);
  }

  private void typeParameters() {
    while (tokens.nextIs("(") || (!tokens.sqlite() && tokens.nextIs("["))) {
      tokens.skipOne();
    }
    if (tokens.sqlite() && tokens.nextIsName() && !isStarter()) {
      throw tokens.unexpected("not understood behind the type");
    }
  }

  /** NO and ON are words that SQLite takes for a type's; what follows decides. */
  private boolean isStarter() {
    if (tokens.nextIs("NO")) {
      return tokens.secondIs("INHERIT");
    }
    if (tokens.nextIs("STORAGE", "COMPRESSION", "OPTIONS", "ENFORCED", "INITIALLY")) {
      return !tokens.sqlite()
          || (tokens.nextIs("INITIALLY") && tokens.secondIs("DEFERRED", "IMMEDIATE"));
    }
    return tokens.nextIs(STARTERS);
  }

  private void constraint() {
    int start = tokens.offset();
    Optional<Name> named = Optional.empty();
    while (tokens.accept("CONSTRAINT")) {
      named = Optional.of(tokens.name());
    }
    if (tokens.atEnd() || tokens.nextIs(",", ")")) {
      return; // SQLite takes a name without a constraint
    }
    if (tokens.acceptAll("PRIMARY", "KEY")) {
      primaryKey(named, start);
    } else if (tokens.accept("UNIQUE")) {
      shared.nullsDistinct();
      shared.indexParameters();
      add(ConstraintKind.UNIQUE, named, false, false, start);
    } else if (tokens.accept("REFERENCES")) {
      constraints.add(shared.reference(named, self(false), true, start));
    } else if (!valueConstraint() && !generation()) {
      int before = tokens.position();
      shared.attributes();
      if (before == tokens.position()) {
        throw tokens.unexpected("not understood in the column " + name.text());
      }
    }
  }

  private void primaryKey(Optional<Name> named, int start) {
    boolean descending = tokens.accept("DESC");
    tokens.accept("ASC");
    shared.indexParameters();
    add(ConstraintKind.PRIMARY, named, descending, true, start);
  }

  private void add(
      ConstraintKind kind, Optional<Name> named, boolean descending, boolean primary, int start) {
    String onConflict = shared.onConflict();
    boolean autoincrement = primary && tokens.accept("AUTOINCREMENT");
    constraints.add(
        shared.ofKey(kind, named, self(descending), onConflict, autoincrement, true, start));
  }

  private List<KeyPart> self(boolean descending) {
    return List.of(new KeyPart(name.text(), name.span().in(tokens.text()), "", descending));
  }

  private boolean valueConstraint() {
    if (tokens.acceptAll("NOT", "NULL")) {
      notNull = true;
      shared.onConflict();
    } else if (tokens.accept("NULL")) {
      shared.onConflict();
    } else if (tokens.accept("CHECK")) {
      tokens.group();
    } else if (tokens.accept("DEFAULT")) {
      defaultValue = Optional.of(defaultText());
    } else if (tokens.accept("COLLATE")) {
      collation = DdlConstraints.last(tokens.path());
    } else if (!tokens.sqlite() && tokens.accept("STORAGE", "COMPRESSION")) {
      tokens.word();
    } else if (!tokens.sqlite() && tokens.accept("OPTIONS")) {
      tokens.group();
    } else {
      return false;
    }
    return true;
  }

  private boolean generation() {
    if (tokens.accept("AS")) {
      computed();
      return true;
    }
    if (!tokens.accept("GENERATED")) {
      return false;
    }
    boolean always = tokens.accept("ALWAYS");
    if (!always) {
      tokens.expect("BY", "DEFAULT");
    }
    tokens.expect("AS");
    if (tokens.accept("IDENTITY")) {
      if (tokens.nextIs("(")) {
        tokens.group();
      }
      notNull = true;
      defaultValue = Optional.of("nextval");
    } else {
      computed();
    }
    return true;
  }

  private void computed() {
    tokens.group();
    tokens.accept("STORED", "VIRTUAL");
    generated = true;
  }

  /**
   * The default as it is written; of a parenthesised one what stands inside, as SQLite keeps it.
   */
  String defaultText() {
    if (tokens.sqlite() && tokens.nextIs("(")) {
      int open = tokens.offset();
      tokens.group();
      String group = tokens.textFrom(open);
      return group.substring(1, group.length() - 1);
    }
    int start = tokens.offset();
    while (tokens.accept("+", "-")) {
      // signs
    }
    tokens.skipOne();
    while (!tokens.sqlite() && !tokens.atEnd() && !tokens.nextIs(STARTERS)) {
      tokens.skipOne();
    }
    return tokens.textFrom(start);
  }
}
