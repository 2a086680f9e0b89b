package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Resolver;
import dev.cairn.analysis.scope.Views;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes {@code FOR KEY parent} out as a link over the whole foreign key: {@code UPDATE t SET … FOR
 * KEY p WHERE …}, {@code DELETE FROM t FOR KEY p WHERE …} and {@code JOIN p FOR KEY}.
 */
public final class ForKey {
  private static final Pattern WORDS =
      Pattern.compile("\\bfor\\b.{0,200}?\\bkey\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * What came of it.
   *
   * @param text the statement to run; as it was written where nothing is to be done
   * @param problem why it can't be written out, where it can't
   * @param place where the problem stands in the text as it was written
   */
  public record Expansion(String text, Optional<String> problem, Span place) {}

  private final String text;
  private final Flavour flavour;
  private final Catalog catalog;
  private final Places places;
  private final ForKeyNames names;
  private final List<Edit> edits = new ArrayList<>();

  private ForKey(String text, Flavour flavour, Catalog catalog) {
    this.text = text;
    this.flavour = flavour;
    this.catalog = catalog;
    this.places = new Places(text, flavour);
    this.names = new ForKeyNames(text);
  }

  /** A refusal, with its place. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Span place;

    Refusal(String message, Span place) {
      super(message, null, false, false);
      this.place = place;
    }
  }

  /** Returns the statement with each FOR KEY written out. */
  public static Expansion expand(String text, Flavour flavour, Catalog catalog) {
    Expansion same = new Expansion(text, Optional.empty(), new Span(0, 0));
    if (!WORDS.matcher(text).find()) {
      return same;
    }
    Statement statement = SqlParser.parse(text, flavour);
    ForKey forKey = new ForKey(text, flavour, catalog);
    try {
      forKey.read(Resolver.resolve(statement, catalog, flavour, new Views(flavour)));
    } catch (Refusal refusal) {
      return new Expansion(text, Optional.of(refusal.getMessage()), refusal.place);
    }
    return forKey.edits.isEmpty()
        ? same
        : new Expansion(
            new Patch(text).after(forKey.edits).text(), Optional.empty(), new Span(0, 0));
  }

  private void read(Resolution resolution) throws Refusal {
    for (Block block : resolution.written()) {
      Statement statement = block.statement().orElse(null);
      if (statement instanceof Update update && update.forKey().isPresent()) {
        update(update, update.forKey().get());
      } else if (statement instanceof Delete delete && delete.forKey().isPresent()) {
        delete(delete, delete.forKey().get());
      }
      Optional<From> from = from(block);
      if (from.isPresent()) {
        joins(from.get(), block);
      }
    }
  }

  private static Optional<From> from(Block block) {
    Statement statement = block.statement().orElse(null);
    if (statement instanceof Update update) {
      return update.from();
    }
    if (statement instanceof Delete delete) {
      return delete.using();
    }
    return block.select().flatMap(Query.Select::from);
  }

  /** Parent and child may be equal in more names than the key's: FROM shows both. */
  private void update(Update update, From.TableRef parent) throws Refusal {
    if (update.from().isPresent()) {
      throw new Refusal("FOR KEY can't stand beside FROM; join in the FROM instead", parent.span());
    }
    ForeignKey key = key(update.target(), parent);
    Table target = table(update.target());
    String condition = condition(update.target(), parent, key);
    for (var assignment : update.assignments()) {
      qualify(assignment.value(), update.target(), target, parent, key, true);
    }
    int start = places.wordBefore(parent.span().start(), "FOR");
    int end = places.endOfNext(start, "KEY");
    edits.add(new Edit(new Span(start, end), "FROM"));
    // First what stands in front of the WHERE: a name that begins it may need its table.
    conjoin(update.where(), condition, parent);
    if (update.where().isPresent()) {
      qualify(update.where().get(), update.target(), target, parent, key, true);
    }
  }

  private void conjoin(Optional<Expr> where, String condition, From.TableRef parent) {
    if (where.isEmpty()) {
      edits.add(Edit.before(places.balanced(parent.span()).end(), " WHERE " + condition));
      return;
    }
    Span span = places.balanced(where.get().span());
    boolean or = where.get() instanceof Expr.Or;
    edits.add(Edit.before(span.start(), condition + " AND " + (or ? "(" : "")));
    if (or) {
      edits.add(Edit.before(span.end(), ")"));
    }
  }

  private void delete(Delete delete, From.TableRef parent) throws Refusal {
    if (delete.using().isPresent()) {
      throw new Refusal("FOR KEY can't stand beside USING", parent.span());
    }
    ForeignKey key = key(delete.target(), parent);
    Table target = table(delete.target());
    String condition = condition(delete.target(), parent, key);
    int start = places.wordBefore(parent.span().start(), "FOR");
    int end = places.balanced(parent.span()).end();
    String open =
        "EXISTS (SELECT 1 FROM " + places.balanced(parent.span()).in(text) + " WHERE " + condition;
    if (delete.where().isEmpty()) {
      edits.add(new Edit(new Span(start, end), "WHERE " + open + ")"));
      return;
    }
    qualify(delete.where().get(), delete.target(), target, parent, key, false);
    Span where = places.balanced(delete.where().get().span());
    boolean or = delete.where().get() instanceof Expr.Or;
    edits.add(new Edit(new Span(start, blanks(end)), ""));
    edits.add(Edit.before(where.start(), open + " AND " + (or ? "(" : "")));
    edits.add(Edit.before(where.end(), or ? "))" : ")"));
  }

  private int blanks(int end) {
    int at = end;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /**
   * A name that both tables have: a key's column is equal in both, so the target's is taken; of any
   * other a person must say whose it is.
   */
  private void qualify(
      Expr expr,
      From.TableRef target,
      Table child,
      From.TableRef parent,
      ForeignKey key,
      boolean ambiguous)
      throws Refusal {
    Table other = table(parent);
    for (Expr.ColumnRef ref : names.bare(expr)) {
      String name = ref.column().text();
      if (child.column(name).isEmpty() || other.column(name).isEmpty()) {
        continue;
      }
      int at = indexOf(key.columns(), name);
      if (at < 0 || !key.parentColumns().get(at).equalsIgnoreCase(name)) {
        throw new Refusal(
            "`"
                + name
                + "` stands in `"
                + child.name()
                + "` and in `"
                + other.name()
                + "`: write it with its table in front",
            ref.span());
      }
      if (ambiguous) {
        edits.add(Edit.before(ref.span().start(), names.label(target) + "."));
      }
    }
  }

  private void joins(From from, Block block) throws Refusal {
    if (from instanceof From.Join join) {
      joins(join.left(), block);
      if (join.right() instanceof From.TableRef right && right.forKey()) {
        join(join, right, block);
      } else {
        joins(join.right(), block);
      }
    } else if (from instanceof From.TableRef ref && ref.forKey()) {
      throw new Refusal("FOR KEY belongs behind a joined table", ref.span());
    }
  }

  private void join(From.Join join, From.TableRef right, Block block) throws Refusal {
    boolean fits =
        join.kind() != From.JoinKind.COMMA
            && join.kind() != From.JoinKind.CROSS
            && !join.natural()
            && join.using().isEmpty();
    if (!fits) {
      throw new Refusal("FOR KEY belongs behind a JOIN without USING", right.span());
    }
    List<String> conditions = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (Relation relation : new SharedColumns(block).relations(join.left())) {
      if (relation.table().isPresent() && relation.node().get() instanceof From.TableRef left) {
        for (ForeignKey key : keys(left, right)) {
          conditions.add(condition(left, right, key));
          candidates.add(shown(key));
        }
        for (ForeignKey key : keys(right, left)) {
          conditions.add(condition(right, left, key));
          candidates.add(shown(key));
        }
      }
    }
    single(candidates, right, "the tables in front of it");
    int name = right.alias().orElse(right.name()).span().end();
    int start = places.balanced(new Span(name, name)).end();
    int end = places.endOfNext(start, "KEY");
    String on = join.on().isPresent() ? "" : " ON " + conditions.get(0);
    edits.add(new Edit(new Span(start, end), on));
    join.on()
        .ifPresent(
            given ->
                edits.add(
                    Edit.before(
                        places.balanced(given.span()).start(), conditions.get(0) + " AND ")));
  }

  private ForeignKey key(From.TableRef child, From.TableRef parent) throws Refusal {
    List<ForeignKey> keys = keys(child, parent);
    single(keys.stream().map(ForKey::shown).toList(), parent, "`" + child.name().text() + "`");
    return keys.get(0);
  }

  private void single(List<String> candidates, From.TableRef parent, String child) throws Refusal {
    String name = parent.name().text();
    if (catalog.table(name).isEmpty()) {
      String nearest =
          catalog.nearest(name).map(each -> "; did you mean `" + each + "`?").orElse("");
      throw new Refusal("there is no table `" + name + "`" + nearest, parent.span());
    }
    if (candidates.isEmpty()) {
      throw new Refusal(
          "no foreign key leads from " + child + " to `" + name + "`; write the link out",
          parent.span());
    }
    if (candidates.size() > 1) {
      throw new Refusal(
          "several foreign keys lead to `"
              + name
              + "`: "
              + String.join("; ", candidates)
              + ". Write out the one that is meant",
          parent.span());
    }
  }

  private static String shown(ForeignKey key) {
    return key.table()
        + " ("
        + String.join(", ", key.columns())
        + ") → "
        + key.parent()
        + " ("
        + String.join(", ", key.parentColumns())
        + ")";
  }

  private List<ForeignKey> keys(From.TableRef child, From.TableRef parent) {
    return catalog.table(child.name().text()).stream()
        .flatMap(table -> table.foreignKeys().stream())
        .filter(key -> key.parent().equalsIgnoreCase(parent.name().text()))
        .filter(key -> key.columns().size() == key.parentColumns().size())
        .toList();
  }

  private String condition(From.TableRef child, From.TableRef parent, ForeignKey key) {
    List<String> equations = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      equations.add(
          names.label(parent)
              + "."
              + Quoting.name(key.parentColumns().get(i), flavour)
              + " = "
              + names.label(child)
              + "."
              + Quoting.name(key.columns().get(i), flavour));
    }
    return equations.stream().collect(Collectors.joining(" AND "));
  }

  private Table table(From.TableRef ref) throws Refusal {
    Optional<Table> table = catalog.table(ref.name().text());
    if (table.isEmpty()) {
      throw new Refusal("there is no table `" + ref.name().text() + "`", ref.span());
    }
    return table.get();
  }

  private static int indexOf(List<String> names, String name) {
    List<String> folded = names.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    return folded.indexOf(name.toLowerCase(Locale.ROOT));
  }
}
