package dev.cairn.analysis.scope;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/** Looks names up: in the block itself, then in the blocks around it. */
final class Names {

  /** When a name may mean a result column by its alias. */
  private enum Aliases {
    NEVER,
    /** Where no column has that name: SQLite everywhere, PostgreSQL in GROUP BY. */
    AFTER_COLUMNS,
    /** ORDER BY. */
    BEFORE_COLUMNS
  }

  private final Resolver resolver;
  private final Resolution resolution;
  private final Flavour flavour;

  Names(Resolver resolver, Resolution resolution, Flavour flavour) {
    this.resolver = resolver;
    this.resolution = resolution;
    this.flavour = flavour;
  }

  void read(Expr expr, Block block, CommonTables common) {
    read(expr, block, common, flavour == Flavour.SQLITE ? Aliases.AFTER_COLUMNS : Aliases.NEVER);
  }

  void readWithAliases(Expr expr, Block block, CommonTables common) {
    read(expr, block, common, Aliases.AFTER_COLUMNS);
  }

  void readOrder(Expr expr, Block block, CommonTables common) {
    read(expr, block, common, Aliases.BEFORE_COLUMNS);
  }

  private void read(Expr expr, Block block, CommonTables common, Aliases aliases) {
    ExprParts.walk(
        expr,
        part -> {
          if (part instanceof Expr.ColumnRef ref) {
            resolve(ref, block, aliases);
          }
        },
        (query, usage) -> subquery(query, usage, block, common));
  }

  private void subquery(Query query, Usage usage, Block block, CommonTables common) {
    Place place =
        new Place(
            Optional.of(block),
            Optional.of(block),
            usage,
            Optional.empty(),
            common,
            block.written(),
            block.copy());
    block.add(resolver.query(query, place));
  }

  private void resolve(Expr.ColumnRef ref, Block block, Aliases aliases) {
    if (aliases == Aliases.BEFORE_COLUMNS && alias(ref, block)) {
      return;
    }
    boolean bare = ref.path().size() == 1;
    for (Optional<Block> at = Optional.of(block); at.isPresent(); at = at.get().outer()) {
      Optional<ResolvedColumn> found =
          bare ? unqualified(ref, block, at.get()) : qualified(ref, block, at.get());
      if (found.isPresent()) {
        block.add(found.get());
        resolution.add(found.get());
        return;
      }
      if (bare && aliases != Aliases.NEVER && at.get() == block && alias(ref, block)) {
        return;
      }
    }
    if (!(flavour == Flavour.SQLITE && bare && ref.column().quoted())) {
      resolution.addUnresolved(ref);
    }
  }

  private static boolean alias(Expr.ColumnRef ref, Block block) {
    if (ref.path().size() > 1) {
      return false;
    }
    for (Output output : block.outputs()) {
      if (output.aliased() && ref.column().is(output.name())) {
        block.addAlias(ref, output);
        return true;
      }
    }
    return false;
  }

  private Optional<ResolvedColumn> qualified(Expr.ColumnRef ref, Block from, Block at) {
    String label = ref.qualifier().map(Name::text).orElse("");
    String column = ref.column().text();
    for (Relation relation : at.relations()) {
      if (relation.label().equalsIgnoreCase(label)
          && (relation.has(column) || relation.isRowNumber(column) || relation.open())) {
        return Optional.of(
            new ResolvedColumn(ref, from, relation, column, false, relation.has(column)));
      }
    }
    return Optional.empty();
  }

  private Optional<ResolvedColumn> unqualified(Expr.ColumnRef ref, Block from, Block at) {
    String column = ref.column().text();
    List<Relation> candidates =
        at.relations().stream()
            .filter(relation -> relation.kind() != Relation.Kind.EXCLUDED)
            .filter(relation -> relation.kind() != Relation.Kind.NEW)
            .filter(relation -> relation.kind() != Relation.Kind.OLD)
            .toList();
    List<Relation> having = candidates.stream().filter(each -> each.has(column)).toList();
    if (!having.isEmpty()) {
      boolean ambiguous = having.size() > 1 && !merged(at, column);
      return Optional.of(new ResolvedColumn(ref, from, having.get(0), column, ambiguous, true));
    }
    if (candidates.size() == 1 && candidates.get(0).isRowNumber(column)) {
      return Optional.of(new ResolvedColumn(ref, from, candidates.get(0), column, false, true));
    }
    return candidates.stream()
        .filter(Relation::open)
        .findFirst()
        .map(open -> new ResolvedColumn(ref, from, open, column, false, false));
  }

  /** Whether a USING or NATURAL makes one column of those of that name. */
  private static boolean merged(Block block, String column) {
    return block
        .select()
        .flatMap(Query.Select::from)
        .filter(from -> merges(from, column))
        .isPresent();
  }

  private static boolean merges(From from, String column) {
    return from instanceof From.Join join
        && (join.natural()
            || join.using().stream().anyMatch(name -> name.is(column))
            || merges(join.left(), column)
            || merges(join.right(), column));
  }
}
