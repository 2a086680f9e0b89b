package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/** A change of the schema, as far as tables, keys, references and triggers are concerned. */
public sealed interface Ddl extends Statement {

  /**
   * Whether it adds a table, an index, a view or a column and takes nothing away. A trigger is no
   * such thing: it changes what later statements do. Whether the query that fills a table, or the
   * functions in it, only read is another question.
   */
  default boolean additive() {
    return false;
  }

  /**
   * {@code CREATE TABLE}.
   *
   * @param constraints the table's own and, in their order, those that stood at its columns
   * @param as the query of CREATE TABLE … AS
   * @param like the tables whose columns it takes over: LIKE, INHERITS, PARTITION OF (PostgreSQL)
   * @param options WITHOUT ROWID, STRICT, VIRTUAL, FOREIGN and the like, in upper case
   */
  record CreateTable(
      List<Name> path,
      boolean temporary,
      boolean ifNotExists,
      List<ColumnDefinition> columns,
      List<Constraint> constraints,
      Optional<Query> as,
      List<List<Name>> like,
      List<String> options,
      Span span)
      implements Ddl {
    public CreateTable {
      path = List.copyOf(path);
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      like = like.stream().map(List::copyOf).toList();
      options = List.copyOf(options);
    }

    @Override
    public boolean additive() {
      return !options.contains("VIRTUAL") && !options.contains("FOREIGN");
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
   * @param parts the table's own columns
   * @param parent the table that a FOREIGN key refers to, empty for the other kinds
   * @param parentColumns empty where the parent's primary key is meant
   * @param onDelete in upper case, NO ACTION where nothing is said
   * @param onUpdate in upper case, NO ACTION where nothing is said
   * @param onConflict what stands behind ON CONFLICT in upper case (SQLite), or empty
   * @param atColumn whether it stood at its column, not behind the columns
   */
  record Constraint(
      ConstraintKind kind,
      Optional<Name> name,
      List<KeyPart> parts,
      List<Name> parent,
      List<String> parentColumns,
      String onDelete,
      String onUpdate,
      String onConflict,
      boolean autoincrement,
      boolean atColumn,
      Span span) {
    public Constraint {
      parts = List.copyOf(parts);
      parent = List.copyOf(parent);
      parentColumns = List.copyOf(parentColumns);
    }

    /** The table's own columns, the empty text for an expression. */
    public List<String> columns() {
      return parts.stream().map(KeyPart::column).toList();
    }
  }

  /**
   * One term of a key or an index.
   *
   * @param column the column's name, or the empty text for an expression
   * @param text as written, without ASC, DESC and NULLS FIRST
   * @param collation what stands behind COLLATE, or empty
   */
  record KeyPart(String column, String text, String collation, boolean descending) {}

  /** What a constraint is. */
  enum ConstraintKind {
    PRIMARY,
    UNIQUE,
    FOREIGN
  }

  /**
   * {@code CREATE INDEX}.
   *
   * @param where the predicate of a partial index, as written
   */
  record CreateIndex(
      Optional<Name> name,
      boolean ifNotExists,
      boolean unique,
      List<Name> table,
      List<KeyPart> parts,
      Optional<String> where,
      Span span)
      implements Ddl {
    public CreateIndex {
      table = List.copyOf(table);
      parts = List.copyOf(parts);
    }

    /** Its columns, the empty text for an expression. */
    public List<String> columns() {
      return parts.stream().map(KeyPart::column).toList();
    }

    @Override
    public boolean additive() {
      return true;
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

    @Override
    public boolean additive() {
      return !orReplace;
    }
  }

  /**
   * {@code CREATE TRIGGER}.
   *
   * @param timing BEFORE, AFTER or INSTEAD OF
   * @param orReplace OR REPLACE (PostgreSQL)
   * @param events INSERT, UPDATE, DELETE, TRUNCATE
   * @param updateOf the columns behind UPDATE OF
   * @param body the statements it runs; what isn't understood stands there as {@link Opaque}, as
   *     does the function that PostgreSQL calls
   */
  record CreateTrigger(
      Name name,
      boolean orReplace,
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

    @Override
    public boolean additive() {
      return actions.stream().allMatch(Action.AddColumn.class::isInstance);
    }
  }

  /** One thing that an ALTER TABLE does. */
  sealed interface Action {
    /** {@code ADD COLUMN}. */
    record AddColumn(boolean ifNotExists, ColumnDefinition column, List<Constraint> constraints)
        implements Action {
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

    /**
     * {@code ALTER COLUMN} (PostgreSQL): what of the column is different now.
     *
     * @param defaultValue the new default's text, empty text where it is dropped
     */
    record AlterColumn(
        Name column,
        Optional<String> type,
        Optional<Boolean> notNull,
        Optional<String> defaultValue)
        implements Action {}

    /** Anything else, such as RENAME CONSTRAINT or OWNER TO. */
    record Other(String text) implements Action {}
  }

  /**
   * {@code DROP}.
   *
   * @param kind TABLE, VIEW, MATERIALIZED VIEW, INDEX, TRIGGER, or another word in upper case
   * @param paths the names; PostgreSQL's DROP TRIGGER name ON table stands as table, name
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
