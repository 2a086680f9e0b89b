package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/** What a FROM, USING or JOIN names. */
public sealed interface From {

  /** Where it stands, its alias included. */
  Span span();

  /**
   * A table, view or CTE by its name.
   *
   * @param path schema and name, or the name alone
   * @param forKey {@code FOR KEY} behind it: join it over its whole key
   */
  record TableRef(
      List<Name> path, Optional<Name> alias, List<Name> columnAliases, boolean forKey, Span span)
      implements From {
    public TableRef {
      path = List.copyOf(path);
      columnAliases = List.copyOf(columnAliases);
    }

    /** The table's own name, without its schema. */
    public Name name() {
      return path.get(path.size() - 1);
    }

    /** What its columns are qualified with: the alias, or else the table's name. */
    public Name label() {
      return alias.orElse(name());
    }
  }

  /** A query in parentheses. */
  record DerivedTable(
      Query query, Optional<Name> alias, List<Name> columnAliases, boolean lateral, Span span)
      implements From {
    public DerivedTable {
      columnAliases = List.copyOf(columnAliases);
    }
  }

  /** A function that yields rows, such as {@code json_each(x)}. */
  record FunctionTable(
      Expr call, Optional<Name> alias, List<Name> columnAliases, boolean lateral, Span span)
      implements From {
    public FunctionTable {
      columnAliases = List.copyOf(columnAliases);
    }
  }

  /**
   * Two of them side by side; a comma is a {@link JoinKind#COMMA}.
   *
   * @param using the shared columns of USING, empty elsewhere
   */
  record Join(
      JoinKind kind,
      boolean natural,
      From left,
      From right,
      Optional<Expr> on,
      List<Name> using,
      Span span)
      implements From {
    public Join {
      using = List.copyOf(using);
    }
  }

  /** How two sides are joined. */
  enum JoinKind {
    COMMA,
    CROSS,
    INNER,
    LEFT,
    RIGHT,
    FULL
  }
}
