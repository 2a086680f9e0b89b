package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/** A change of the schema, as far as tables, keys, references and triggers are concerned. */
public sealed interface Ddl extends Statement {

  /**
   * {@code CREATE TABLE}.
   *
   * @param constraints the table's own and, in their order, those that stood at its columns
   * @param as the query of CREATE TABLE … AS
   * @param options WITHOUT ROWID, STRICT and the like, in upper case
   */
  record CreateTable(
      List<Name> path,
      boolean temporary,
      boolean ifNotExists,
      List<ColumnDefinition> columns,
      List<Constraint> constraints,
      Optional<Query> as,
      List<String> options,
      Span span)
      implements Ddl {
    public CreateTable {
      path = List.copyOf(path);
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      options = List.copyOf(options);
    }
  }

  /**
   * A column of CREATE TABLE or ADD COLUMN; its keys and references stand among the constraints.
   *
   * @param type as written, empty where none is given
   * @param defaultValue the default's text, or empty
   * @param collation its name, or empty
   */
  record ColumnDefinition(
      Name name,
      String type,
      boolean notNull,
      Optional<String> defaultValue,
      boolean generated,
      String collation,
      Span span) {}

  /**
   * A key or a reference; CHECKs are left out.
   *
   * @param name as given behind CONSTRAINT
   * @param columns the table's own columns, the empty text for an expression
   * @param parent the table that a FOREIGN key refers to, empty for the other kinds
   * @param parentColumns empty where the parent's primary key is meant
   * @param onDelete in upper case, NO ACTION where nothing is said
   * @param onUpdate in upper case, NO ACTION where nothing is said
   * @param onConflict what stands behind ON CONFLICT in upper case (SQLite), or empty
   */
  record Constraint(
      ConstraintKind kind,
      Optional<Name> name,
      List<String> columns,
      List<Name> parent,
      List<String> parentColumns,
      String onDelete,
      String onUpdate,
      String onConflict,
      boolean descendingOrAutoincrement,
      Span span) {
    public Constraint {
      columns = List.copyOf(columns);
      parent = List.copyOf(parent);
      parentColumns = List.copyOf(parentColumns);
    }
  }

  /** What a constraint is. */
  enum ConstraintKind {
    PRIMARY,
    UNIQUE,
    FOREIGN
  }

  /**
   * {@code CREATE INDEX}.
   *
   * @param columns the empty text for an expression
   * @param where the predicate of a partial index
   */
  record CreateIndex(
      Optional<Name> name,
      boolean ifNotExists,
      boolean unique,
      List<Name> table,
      List<String> columns,
      Optional<Expr> where,
      Span span)
      implements Ddl {
    public CreateIndex {
      table = List.copyOf(table);
      columns = List.copyOf(columns);
    }
  }

  /** {@code CREATE VIEW}, materialized or not. */
  record CreateView(
      List<Name> path,
      boolean temporary,
      boolean orReplace,
      boolean ifNotExists,
      List<Name> columns,
      Query query,
      Span span)
      implements Ddl {
    public CreateView {
      path = List.copyOf(path);
      columns = List.copyOf(columns);
    }
  }

  /**
   * {@code CREATE TRIGGER}.
   *
   * @param timing BEFORE, AFTER or INSTEAD OF
   * @param events INSERT, UPDATE, DELETE, TRUNCATE
   * @param updateOf the columns behind UPDATE OF
   * @param body the statements it runs; what isn't understood stands there as {@link Opaque}, as
   *     does the function that PostgreSQL calls
   */
  record CreateTrigger(
      Name name,
      boolean ifNotExists,
      String timing,
      List<String> events,
      List<Name> updateOf,
      List<Name> table,
      Optional<Expr> when,
      List<Statement> body,
      Span span)
      implements Ddl {
    public CreateTrigger {
      events = List.copyOf(events);
      updateOf = List.copyOf(updateOf);
      table = List.copyOf(table);
      body = List.copyOf(body);
    }
  }

  /** {@code ALTER TABLE}: its actions in their order. */
  record AlterTable(List<Name> path, List<Action> actions, Span span) implements Ddl {
    public AlterTable {
      path = List.copyOf(path);
      actions = List.copyOf(actions);
    }
  }

  /** One thing that an ALTER TABLE does. */
  sealed interface Action {
    /** {@code ADD COLUMN}. */
    record AddColumn(ColumnDefinition column, List<Constraint> constraints) implements Action {
      public AddColumn {
        constraints = List.copyOf(constraints);
      }
    }

    /** {@code ADD CONSTRAINT}. */
    record AddConstraint(Constraint constraint) implements Action {}

    /** {@code DROP COLUMN}. */
    record DropColumn(Name column) implements Action {}

    /** {@code DROP CONSTRAINT}. */
    record DropConstraint(Name constraint) implements Action {}

    /** {@code RENAME COLUMN a TO b}. */
    record RenameColumn(Name from, Name to) implements Action {}

    /** {@code RENAME TO t}. */
    record RenameTable(Name to) implements Action {}

    /** Anything else, such as ALTER COLUMN … SET DEFAULT. */
    record Other(String text) implements Action {}
  }

  /**
   * {@code DROP}.
   *
   * @param kind TABLE, VIEW, MATERIALIZED VIEW, INDEX, TRIGGER, or another word in upper case
   */
  record Drop(String kind, boolean ifExists, List<List<Name>> paths, boolean cascade, Span span)
      implements Ddl {
    public Drop {
      paths = paths.stream().map(List::copyOf).toList();
    }
  }

  /** {@code TRUNCATE}. */
  record Truncate(List<List<Name>> paths, boolean cascade, Span span) implements Ddl {
    public Truncate {
      paths = paths.stream().map(List::copyOf).toList();
    }
  }

  /** Any other change of the schema that is known by its words alone, such as VACUUM or GRANT. */
  record Other(String words, Span span) implements Ddl {}
}
