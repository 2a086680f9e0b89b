package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * An expression. What decides which rows are touched has a form of its own; every other operator is
 * an {@link Operation} with its operands, so that no column or subquery inside it is lost.
 */
public sealed interface Expr {

  /** Where it stands; parentheses around it are left out. */
  Span span();

  /** A column, with or without its table: {@code a}, {@code t.a}, {@code s.t.a}. */
  record ColumnRef(List<Name> path, Span span) implements Expr {
    public ColumnRef {
      path = List.copyOf(path);
    }

    /** The column's own name. */
    public Name column() {
      return path.get(path.size() - 1);
    }

    /** The table's name or alias in front of it. */
    public Optional<Name> qualifier() {
      return path.size() < 2 ? Optional.empty() : Optional.of(path.get(path.size() - 2));
    }
  }

  /** {@code *} or {@code t.*}. */
  record Star(Optional<Name> qualifier, Span span) implements Expr {}

  /** A constant as it is written, such as {@code 'it''s'}, {@code 0x1F}, {@code NULL}. */
  record Literal(LiteralKind kind, String text, Span span) implements Expr {}

  /** What a constant is. */
  enum LiteralKind {
    NULL,
    NUMBER,
    STRING,
    BLOB,
    BOOLEAN,
    OTHER
  }

  /** A parameter: {@code ?}, {@code ?1}, {@code :a}, {@code @a}, {@code $a}, {@code $1}. */
  record Parameter(String text, Span span) implements Expr {}

  /** {@code DEFAULT} where a value is expected. */
  record Default(Span span) implements Expr {}

  /** All of them; never fewer than two. */
  record And(List<Expr> operands, Span span) implements Expr {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** Any of them; never fewer than two. */
  record Or(List<Expr> operands, Span span) implements Expr {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** Not that. */
  record Not(Expr operand, Span span) implements Expr {}

  /** A comparison of two values, or of two row values column by column. */
  record Compare(CompareOp op, Expr left, Expr right, Span span) implements Expr {}

  /** {@code IS} is SQLite's IS and the standard's IS NOT DISTINCT FROM: equal, NULLs included. */
  enum CompareOp {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IS,
    IS_NOT
  }

  /** {@code a IN (1, 2)}. */
  record InList(Expr value, boolean negated, List<Expr> items, Span span) implements Expr {
    public InList {
      items = List.copyOf(items);
    }
  }

  /** {@code a IN (SELECT …)}; SQLite's {@code a IN t} is a query of the whole table. */
  record InQuery(Expr value, boolean negated, Query query, Span span) implements Expr {}

  /** {@code a = ANY (SELECT …)}, {@code a > ALL (SELECT …)}. */
  record Quantified(CompareOp op, boolean all, Expr value, Query query, Span span)
      implements Expr {}

  /** {@code EXISTS (SELECT …)}. */
  record Exists(Query query, Span span) implements Expr {}

  /** A query that stands for a value, or for a row value. */
  record ScalarQuery(Query query, Span span) implements Expr {}

  /** {@code (a, b)}, {@code ROW(a, b)}; never fewer than two, but for ROW. */
  record RowValue(List<Expr> items, Span span) implements Expr {
    public RowValue {
      items = List.copyOf(items);
    }
  }

  /** {@code CAST(a AS type)}, {@code a::type}. */
  record Cast(Expr operand, String type, Span span) implements Expr {}

  /** {@code CASE …}. */
  record Case(Optional<Expr> operand, List<When> whens, Optional<Expr> otherwise, Span span)
      implements Expr {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  /** One branch of a CASE. */
  record When(Expr condition, Expr result) {}

  /**
   * A function's call.
   *
   * @param path its name, with a schema where one was written
   * @param arguments the operands; {@code count(*)} has one {@link Star}
   * @param filter what stands in FILTER (WHERE …)
   * @param over whether a window follows it
   * @param windowParts the expressions of its own PARTITION BY and ORDER BY, also those of WITHIN
   *     GROUP and of an ORDER BY among the arguments
   */
  record Function(
      List<Name> path,
      boolean distinct,
      List<Expr> arguments,
      Optional<Expr> filter,
      boolean over,
      List<Expr> windowParts,
      Span span)
      implements Expr {
    public Function {
      path = List.copyOf(path);
      arguments = List.copyOf(arguments);
      windowParts = List.copyOf(windowParts);
    }

    /** The function's own name, in lower case. */
    public String name() {
      return path.get(path.size() - 1).folded();
    }
  }

  /**
   * Any other operator.
   *
   * @param operator in upper case, such as {@code +}, {@code ||}, {@code LIKE}, {@code NOT LIKE},
   *     {@code BETWEEN}, {@code COLLATE}, {@code ISNULL} (also for IS NULL), {@code NOTNULL}
   */
  record Operation(String operator, List<Expr> operands, Span span) implements Expr {
    public Operation {
      operands = List.copyOf(operands);
    }
  }
}
