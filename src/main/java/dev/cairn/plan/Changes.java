package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.InsertedRows;
import dev.cairn.plan.scope.NewValue;
import dev.cairn.plan.scope.ScopedPart;
import dev.cairn.plan.scope.Scopes;
import dev.cairn.plan.scope.StatementScope;
import dev.cairn.plan.scope.UnknownRows;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.SqlExpression;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a {@link ChangeRows} of one statement: which tables it may write, what must be kept of
 * their rows, and whether it may be cut into batches without meaning anything else.
 */
public final class Changes {
  private final String sql;
  private final Statement statement;
  private final Catalog catalog;
  private final Dialect dialect;
  private List<Token> tokens;

  private Changes(String sql, Statement statement, Catalog catalog, Dialect dialect) {
    this.sql = sql;
    this.statement = statement;
    this.catalog = catalog;
    this.dialect = dialect;
  }

  private List<Token> tokens() {
    if (tokens == null) {
      tokens = Lexer.tokens(sql, dialect.flavour()).stream().filter(Token::isSignificant).toList();
    }
    return tokens;
  }

  /**
   * Plans a change. Fails with exit 1 where the statement is none that can be planned, saying why.
   *
   * @param sql one statement, key-safe, without its semicolon
   * @param statement its tree
   */
  public static ChangeRows of(String sql, Statement statement, Catalog catalog, Dialect dialect) {
    return new Changes(sql, statement, catalog, dialect).plan();
  }

  private ChangeRows plan() {
    refuseParameters();
    StatementScope scope = scope();
    Table target = target(scope.target());
    return change(scope, target, true);
  }

  private StatementScope scope() {
    List<ScopedPart> scopes = Scopes.of(sql, statement, catalog, dialect);
    boolean known =
        statement instanceof Update
            || statement instanceof Delete
            || statement instanceof Insert
            || statement instanceof Merge;
    if (!known || scopes.isEmpty()) {
      throw refused(
          "only an UPDATE, DELETE, MERGE or INSERT ... SELECT changes rows in a known way");
    }
    if (scopes.size() > 1) {
      throw unseen("it writes in several parts");
    }
    refuseOtherSchema();
    return scopes.get(0).scope();
  }

  private void refuseOtherSchema() {
    if (path().size() > 1 && !path().get(0).is(dialect.mainSchema())) {
      throw unseen("its table is of another schema than the first of the search path");
    }
  }

  private List<Name> path() {
    if (statement instanceof Update update) {
      return update.target().path();
    }
    if (statement instanceof Delete delete) {
      return delete.target().path();
    }
    return statement instanceof Insert insert
        ? insert.target().path()
        : ((Merge) statement).target().path();
  }

  /**
   * The same change as it is journalled where it is typed and runs as it stands: less is kept of a
   * row, as nothing is compared before it is written. Fails with exit 1 where what it changes can't
   * be journalled, saying why.
   */
  public static ChangeRows typed(
      String sql, Statement statement, Catalog catalog, Dialect dialect) {
    return new Changes(sql, statement, catalog, dialect).typed();
  }

  private ChangeRows typed() {
    StatementScope scope = statement instanceof Insert insert ? added(insert) : scope();
    Table target = catalog.table(scope.target()).orElseThrow(() -> noTable(scope.target()));
    if (Catalog.isOwn(target.name())) {
      throw unseen(target.name() + " is Cairn's own table");
    }
    return change(scope, target, false);
  }

  /** A dump has thousands of them: what can be asked of their rows isn't worked out. */
  private StatementScope added(Insert insert) {
    if (insert.with().isPresent()) {
      return scope();
    }
    refuseOtherSchema();
    return new UnknownRows(insert.target().name().text(), "typed");
  }

  private ChangeRows change(StatementScope scope, Table target, boolean mayBeCut) {
    ChangeKind kind =
        statement instanceof Update
            ? ChangeKind.UPDATE
            : statement instanceof Delete ? ChangeKind.DELETE : ChangeKind.INSERT;
    List<String> written = written(scope);
    Reach.Result reach = Reach.of(catalog, dialect.flavour(), target, events(kind), written);
    boolean takesAway = RowsInTheWay.takesAway(statement, target);
    List<TouchedTable> others = others(reach.others(), target, takesAway);
    boolean alone = !reach.againItself();
    String reason = mayBeCut ? whole(scope, target, kind, written, reach, takesAway) : "typed";
    if (reason.isEmpty()) {
      List<String> after = kind == ChangeKind.DELETE ? List.of() : written;
      TouchedTable cut = touched(target, images(target, kind, written), after);
      String why = byItself((ChangedRows) scope);
      Batching batching = why.isEmpty() ? Batching.BY_RANGE : Batching.STAGED;
      return new ChangeRows(sql, kind, cut, others, alone, takesAway, true, scope, batching, why);
    }
    if (target.view()) {
      if (others.isEmpty()) {
        throw unseen(target.name() + " is a view, and its triggers write no table");
      }
      List<TouchedTable> rest = others.subList(1, others.size());
      return new ChangeRows(
          sql, kind, others.get(0), rest, false, takesAway, false, scope, Batching.WHOLE, reason);
    }
    // Rows whose keys change places can only be put back whole.
    boolean few =
        alone
            && !takesAway
            && scope instanceof ChangedRows
            && kind == ChangeKind.UPDATE
            && !RestoreSteps.writesKey(target, written);
    List<String> kept = few ? written : all(target);
    TouchedTable touched = touched(target, kept, kept);
    boolean foreseen = few && others.isEmpty() && isForeseen((ChangedRows) scope, touched);
    if (dialect.flavour() == Flavour.POSTGRESQL && !mayBeCut) {
      Returnable.check(catalog, new ReturningText(sql, statement), scope, touched, others);
    } else if (reach.setsOff() && dialect.flavour() == Flavour.POSTGRESQL) {
      throw unseen("a trigger calls a function, which may write anything");
    }
    return new ChangeRows(
        sql, kind, touched, others, alone, takesAway, foreseen, scope, Batching.WHOLE, reason);
  }

  private boolean isForeseen(ChangedRows rows, TouchedTable touched) {
    return !touched.key().isEmpty()
        && RowsInTheWay.orAction(statement).isEmpty()
        && rows.values().stream().noneMatch(NewValue::heavy)
        && byItself(rows).isEmpty();
  }

  private List<TouchedTable> others(List<Table> reached, Table target, boolean takesAway) {
    boolean triggers = !target.triggers().isEmpty();
    boolean replaces = takesAway || target.triggers().stream().anyMatch(RowsInTheWay::replaces);
    List<TouchedTable> others = new ArrayList<>();
    for (Table other : reached) {
      triggers |= !other.triggers().isEmpty();
      replaces |=
          RowsInTheWay.decides(other) || other.triggers().stream().anyMatch(RowsInTheWay::replaces);
      if (!other.view()) {
        others.add(touched(other, all(other), all(other)));
      }
    }
    if (replaces && triggers) {
      // SQLite shows rows taken away to triggers only where triggers may set off themselves.
      throw unseen(
          "it may take rows away for others, and watching that would change what triggers do");
    }
    return others;
  }

  private static TouchedTable touched(Table table, List<String> before, List<String> after) {
    TouchedTable.refuseUnkept(table);
    return TouchedTable.of(table, before, after)
        .orElseThrow(() -> unseen("nothing names a row of " + table.name()));
  }

  /** Why it must run as it stands; empty where it may be cut. */
  private String whole(
      StatementScope scope,
      Table target,
      ChangeKind kind,
      List<String> written,
      Reach.Result reach,
      boolean takesAway) {
    if (!(scope instanceof ChangedRows)) {
      return scope instanceof InsertedRows ? "it inserts rows" : "its rows can't be asked for";
    }
    if (takesAway || !RowsInTheWay.orAction(statement).isEmpty()) {
      return "what it does about a row in conflict depends on the order of the rows";
    }
    if (!reach.others().isEmpty() || reach.againItself()) {
      return "triggers or cascades write along with it";
    }
    TouchedTable named = TouchedTable.of(target, List.of(), List.of()).orElse(null);
    if (named == null || named.key().isEmpty()) {
      return target.name() + " has no key that is never NULL";
    }
    if (written.stream().anyMatch(column -> named.key().contains(column))) {
      return "it changes the key (" + String.join(", ", named.key()) + ")";
    }
    boolean parent =
        catalog.referencesTo(target.name()).stream()
            .anyMatch(key -> Reach.refersWithin(key, target, kind, written));
    return parent ? "rows of the table refer to each other, or to a column that it changes" : "";
  }

  /** Why a row's part may depend on other rows' parts; empty where it doesn't. */
  private String byItself(ChangedRows rows) {
    if (rows.joined()) {
      return "a row may be met by several rows of another table";
    }
    if (with().isPresent()) {
      return "it has a WITH";
    }
    if (isLimited()) {
      return "LIMIT counts its rows together";
    }
    if (rows.values().stream().anyMatch(NewValue::varies) || varies()) {
      return "it asks for a time or a random number";
    }
    return readsItself(rows.table()) ? "it reads the table that it changes, or a view" : "";
  }

  private boolean isLimited() {
    return statement instanceof Update update
        ? update.limit().isPresent()
        : statement instanceof Delete delete && delete.limit().isPresent();
  }

  private boolean varies() {
    return SqlExpression.varies(sql, dialect.flavour());
  }

  /** Whether the target's name stands anywhere but where it is named as the target. */
  private boolean readsItself(Table target) {
    int named = 0;
    List<Token> words = tokens();
    for (int i = 0; i < words.size(); i++) {
      boolean qualifies = i + 1 < words.size() && words.get(i + 1).is(sql, ".");
      boolean column = i > 1 && words.get(i - 1).is(sql, ".") && !isSchema(words.get(i - 2));
      if (qualifies || column || !isName(words.get(i))) {
        continue;
      }
      Optional<Table> table = catalog.table(words.get(i).name(sql));
      if (table.filter(Table::view).isPresent()) {
        return true;
      }
      named += table.filter(t -> t.name().equals(target.name())).isPresent() ? 1 : 0;
    }
    return named > 1;
  }

  private boolean isSchema(Token token) {
    return token.name(sql).equalsIgnoreCase("main") || token.name(sql).equalsIgnoreCase("temp");
  }

  private static boolean isName(Token token) {
    return token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
  }

  /** What is kept of a row: what it loses, and what its new values are made of. */
  private List<String> images(Table target, ChangeKind kind, List<String> written) {
    Set<String> words = new LinkedHashSet<>();
    boolean everything =
        kind == ChangeKind.DELETE || readsItself(target) || RestoreSteps.writesKey(target, written);
    for (Token token : tokens()) {
      if (isName(token)) {
        words.add(token.name(sql).toLowerCase(Locale.ROOT));
      }
    }
    for (Column column : target.columns()) {
      everything |= column.generated() && words.contains(column.name().toLowerCase(Locale.ROOT));
    }
    if (everything) {
      return all(target);
    }
    return all(target).stream()
        .filter(c -> contains(written, c) || words.contains(c.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static List<String> all(Table table) {
    return table.columns().stream().filter(c -> !c.generated()).map(Column::name).toList();
  }

  private static List<String> written(StatementScope scope) {
    return scope instanceof ChangedRows rows
        ? rows.values().stream().map(value -> value.column().name()).toList()
        : List.of();
  }

  private List<String> events(ChangeKind kind) {
    if (dialect.flavour() == Flavour.POSTGRESQL && statement instanceof Insert) {
      boolean updates = new ReturningText(sql, statement).updates();
      return updates ? List.of("INSERT", "UPDATE") : List.of("INSERT");
    }
    return switch (kind) {
      case UPDATE ->
          RowsInTheWay.replaces(statement) ? List.of("UPDATE", "DELETE") : List.of("UPDATE");
      case DELETE -> List.of("DELETE");
      case INSERT -> List.of("INSERT", "UPDATE", "DELETE");
    };
  }

  private Optional<With> with() {
    if (statement instanceof Update update) {
      return update.with();
    }
    return statement instanceof Delete delete ? delete.with() : Optional.empty();
  }

  private Table target(String name) {
    Table target = catalog.table(name).orElseThrow(() -> noTable(name));
    if (target.view()) {
      throw refused(name + " is a view; plan the change of its table");
    }
    if (Catalog.isOwn(name)) {
      throw refused(name + " is Cairn's own table");
    }
    boolean inserted =
        statement instanceof Insert insert
            && insert.source().filter(source -> !isValues(source)).isEmpty();
    if (inserted) {
      throw refused("an INSERT of values needs no plan; type it");
    }
    return target;
  }

  private static boolean isValues(Query source) {
    return source.body() instanceof Query.Values;
  }

  private void refuseParameters() {
    if (tokens().stream().anyMatch(token -> token.kind() == TokenKind.PARAMETER)) {
      throw refused("it has a parameter; a plan needs its value");
    }
  }

  private static CairnException noTable(String name) {
    return refused("there is no table '" + name + "'");
  }

  private static CairnException unseen(String why) {
    return CairnException.failed("not-journalled", "what this changes can't be journalled: " + why);
  }

  private static CairnException refused(String why) {
    return CairnException.failed("not-plannable", "this statement can't be planned: " + why);
  }

  private static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
