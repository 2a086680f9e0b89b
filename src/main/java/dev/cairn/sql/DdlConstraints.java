package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Ddl.KeyPart;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys and references as they stand behind a table's columns, and what they share with columns'.
 */
final class DdlConstraints {

  private static final String NO_ACTION = "NO ACTION";

  private final DdlTokens tokens;

  DdlConstraints(DdlTokens tokens) {
    this.tokens = tokens;
  }

  /** Whether what comes next is a constraint of the table rather than a column. */
  boolean isNext() {
    if (tokens.nextIs("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")) {
      return true;
    }
    return !tokens.sqlite()
        && (tokens.nextIs("EXCLUDE") || (tokens.nextIs("NOT") && tokens.secondIs("NULL")));
  }

  /** The constraint that comes next; empty for one that is neither key nor reference. */
  Optional<Constraint> tableConstraint() {
    int start = tokens.offset();
    Optional<Name> name =
        tokens.accept("CONSTRAINT") ? Optional.of(tokens.name()) : Optional.empty();
    Optional<Constraint> constraint = Optional.empty();
    if (tokens.acceptAll("PRIMARY", "KEY")) {
      constraint = Optional.of(key(ConstraintKind.PRIMARY, name, start));
    } else if (tokens.accept("UNIQUE")) {
      constraint = Optional.of(key(ConstraintKind.UNIQUE, name, start));
    } else if (tokens.acceptAll("FOREIGN", "KEY")) {
      List<KeyPart> columns = plain(tokens.names());
      tokens.expect("REFERENCES");
      constraint = Optional.of(reference(name, columns, false, start));
    } else if (tokens.accept("CHECK")) {
      tokens.group();
      onConflict();
    } else if (tokens.acceptAll("NOT", "NULL")) {
      tokens.name();
    } else if (tokens.accept("EXCLUDE")) {
      exclude();
    } else if (name.isEmpty() || !tokens.sqlite()) {
      throw tokens.unexpected("expected a constraint");
    }
    attributes();
    return constraint;
  }

  private void exclude() {
    if (tokens.accept("USING")) {
      tokens.name();
    }
    tokens.group();
    indexParameters();
    if (tokens.accept("WHERE")) {
      tokens.group();
    }
  }

  private Constraint key(ConstraintKind kind, Optional<Name> name, int start) {
    nullsDistinct();
    if (tokens.acceptAll("USING", "INDEX")) {
      // The columns are those of an index that is there already.
      Name index = tokens.name();
      return new Constraint(
          kind,
          Optional.of(index),
          List.of(),
          List.of(),
          List.of(),
          NO_ACTION,
          NO_ACTION,
          "",
          false,
          false,
          tokens.spanFrom(start));
    }
    List<KeyPart> parts = keyParts();
    indexParameters();
    return ofKey(kind, name, parts, onConflict(), lastWasAutoincrement, false, start);
  }

  Constraint ofKey(
      ConstraintKind kind,
      Optional<Name> name,
      List<KeyPart> parts,
      String onConflict,
      boolean autoincrement,
      boolean atColumn,
      int start) {
    return new Constraint(
        kind,
        name,
        parts,
        List.of(),
        List.of(),
        NO_ACTION,
        NO_ACTION,
        onConflict,
        autoincrement,
        atColumn,
        tokens.spanFrom(start));
  }

  private boolean lastWasAutoincrement;

  void nullsDistinct() {
    if (tokens.accept("NULLS")) {
      tokens.accept("NOT");
      tokens.expect("DISTINCT");
    }
  }

  /** INCLUDE, WITH and TABLESPACE behind an index's columns (PostgreSQL). */
  void indexParameters() {
    while (true) {
      if (tokens.accept("INCLUDE") || tokens.accept("WITH")) {
        tokens.group();
      } else if (tokens.acceptAll("USING", "INDEX", "TABLESPACE") || tokens.accept("TABLESPACE")) {
        tokens.name();
      } else if (tokens.nextIs("NULLS")) {
        nullsDistinct();
      } else {
        return;
      }
    }
  }

  /** What stands behind ON CONFLICT; empty where nothing does. */
  String onConflict() {
    return tokens.sqlite() && tokens.acceptAll("ON", "CONFLICT") ? tokens.word() : "";
  }

  /** A reference, from its parent's name on. */
  Constraint reference(Optional<Name> name, List<KeyPart> columns, boolean atColumn, int start) {
    List<Name> parent = tokens.path();
    List<String> parentColumns =
        tokens.nextIs("(") ? tokens.names().stream().map(Name::text).toList() : List.of();
    String onDelete = NO_ACTION;
    String onUpdate = NO_ACTION;
    while (true) {
      if (tokens.acceptAll("ON", "DELETE")) {
        onDelete = action();
      } else if (tokens.acceptAll("ON", "UPDATE")) {
        onUpdate = action();
      } else if (tokens.sqlite() && tokens.acceptAll("ON", "INSERT")) {
        action();
      } else if (tokens.accept("MATCH")) {
        tokens.name();
      } else {
        break;
      }
    }
    return new Constraint(
        ConstraintKind.FOREIGN,
        name,
        columns,
        parent,
        parentColumns,
        onDelete,
        onUpdate,
        "",
        false,
        atColumn,
        tokens.spanFrom(start));
  }

  private String action() {
    if (tokens.acceptAll("NO", "ACTION")) {
      return NO_ACTION;
    }
    if (tokens.accept("SET")) {
      String action = "SET " + tokens.word();
      if (tokens.nextIs("(")) {
        tokens.group();
      }
      return action;
    }
    return tokens.word();
  }

  /** When a constraint is checked, and whether: nothing of it makes another key. */
  void attributes() {
    while (attribute()) {
      // one after the other
    }
  }

  private boolean attribute() {
    if (tokens.accept("INITIALLY")) {
      tokens.word();
      return true;
    }
    return tokens.accept("DEFERRABLE", "ENFORCED")
        || tokens.acceptAll("NOT", "DEFERRABLE")
        || tokens.acceptAll("NOT", "VALID")
        || tokens.acceptAll("NOT", "ENFORCED")
        || tokens.acceptAll("NO", "INHERIT");
  }

  static List<KeyPart> plain(List<Name> columns) {
    return columns.stream().map(name -> new KeyPart(name.text(), name.text(), "", false)).toList();
  }

  /** {@code (a, b COLLATE NOCASE DESC, lower(c))}. */
  List<KeyPart> keyParts() {
    List<KeyPart> parts = new ArrayList<>();
    lastWasAutoincrement = false;
    tokens.expect("(");
    do {
      parts.add(keyPart());
    } while (tokens.accept(","));
    tokens.expect(")");
    return parts;
  }

  private KeyPart keyPart() {
    int start = tokens.offset();
    String column = "";
    String collation = "";
    boolean called = tokens.secondIs("(");
    if (tokens.nextIsName() && !called) {
      column = tokens.name().text();
    }
    if (tokens.accept("COLLATE")) {
      collation = last(tokens.path());
    }
    if (!endsPart()) {
      // PostgreSQL lets an operator class follow; anything else makes it an expression.
      boolean operatorClass = !column.isEmpty() && !tokens.sqlite() && tokens.nextIsPlainWord();
      if (operatorClass) {
        tokens.path();
        if (tokens.nextIs("(")) {
          tokens.group();
        }
      }
      if (!endsPart()) {
        column = "";
        tokens.skipTo(",", ")", "ASC", "DESC", "NULLS", "AUTOINCREMENT");
      }
    }
    String text = tokens.textFrom(start);
    boolean descending = tokens.accept("DESC");
    tokens.accept("ASC");
    if (tokens.accept("NULLS")) {
      tokens.word();
    }
    lastWasAutoincrement |= tokens.accept("AUTOINCREMENT");
    return new KeyPart(column, text, collation, descending);
  }

  private boolean endsPart() {
    return tokens.nextIs(",", ")", "ASC", "DESC", "NULLS", "AUTOINCREMENT");
  }

  static String last(List<Name> path) {
    return path.get(path.size() - 1).text();
  }
}
