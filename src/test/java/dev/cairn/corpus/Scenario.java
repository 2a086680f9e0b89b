package dev.cairn.corpus;

import dev.cairn.corpus.RandomTables.End;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * One random statement before it is written: its tables, its link, and the clothes it wears. It
 * labels itself, since it is made from a structure that says which columns are linked.
 */
final class Scenario {
  /** Any of them; each is made of a tape of numbers, so that it shrinks. */
  static Arbitrary<Scenario> any() {
    return Arbitraries.integers()
        .between(0, 9_999)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofSize(48)
        .map(Scenario::new);
  }

  /** What the statement is, and where the link stands. */
  enum Shape {
    IN,
    EXISTS,
    FROM,
    SET_MAX,
    JOIN,
    INSERT_JOIN,
    LEFT_JOIN,
    EQUALS,
    SET_FIRST,
    /** PostgreSQL's DELETE … USING; SQLite judges the same said with EXISTS. */
    USING;

    private static final Set<Shape> SEMI = Set.of(IN, EXISTS, EQUALS);
    private static final Set<Shape> JOINS = Set.of(FROM, JOIN, INSERT_JOIN, LEFT_JOIN, USING);

    boolean semi() {
      return SEMI.contains(this);
    }

    boolean join() {
      return JOINS.contains(this);
    }
  }

  /** What stands between the link and the other table. */
  enum Wrap {
    NONE,
    DERIVED,
    CTE,
    VIEW,
    UNION,
    CTE_NAMED,
    CTE_OF_CTE,
    GROUPED,
    /** A view that doesn't show the leading column. */
    HALF_VIEW
  }

  /** How the two sides of the last linked column are compared. */
  enum Cast {
    NONE,
    ARITHMETIC,
    CAST
  }

  final RandomTables tables;
  final End target;
  final End other;
  final Link link;
  final Shape shape;
  final Wrap wrap;
  final Cast cast;

  /** The verb of a statement whose WHERE holds the link: UPDATE, DELETE, SELECT. */
  final String verb;

  /** A condition on single rows of the other table; empty for none. */
  final String predicate;

  /** A condition on the target beside the link; empty for none. */
  final String targetPredicate;

  final boolean predicateInside;
  final boolean negated;
  final boolean around;
  final boolean ored;
  final int extra;
  final boolean allColumns;
  final boolean rowValues;
  final boolean swapped;
  final boolean using;
  final boolean targetAlias;
  final boolean otherAlias;
  final boolean bare;
  final int layout;

  Scenario(List<Integer> numbers) {
    Tape tape = new Tape(numbers);
    tables = new RandomTables(tape);
    List<End> ends = ends(tape);
    target = ends.get(0);
    other = ends.get(1);
    boolean itself = target.equals(other);
    int kind = itself ? 0 : tape.pick(20);
    Link any = Link.any(tape, target, other);
    link = kind == 18 ? Link.over("code") : kind == 19 ? Link.over("kind") : any;
    shape = shape(tape);
    Wrap wanted = tape.of(Wrap.values());
    wrap = wrap(wanted, tape.chance(60));
    cast = tape.of(Cast.NONE, Cast.NONE, Cast.NONE, Cast.NONE, Cast.ARITHMETIC, Cast.CAST);
    verb = tape.of("UPDATE", "DELETE", "SELECT");
    predicate = predicate(tape);
    targetPredicate = tape.of("", "", "amount >= 8", "kind <> 'c'");
    boolean inside = tape.chance(50);
    predicateInside =
        wrap == Wrap.GROUPED || (inside && wrap != Wrap.NONE && !wrap.name().endsWith("VIEW"));
    negated = tape.chance(20);
    around = tape.chance(15);
    ored = tape.chance(15);
    extra = tape.pick(6);
    allColumns = tape.chance(40);
    rowValues = tape.chance(30);
    swapped = tape.chance(50);
    using = tape.chance(40);
    targetAlias = tape.chance(50);
    otherAlias = itself || tape.chance(60);
    bare = tape.chance(30);
    layout = tape.pick(1000);
  }

  private List<End> ends(Tape tape) {
    boolean child = tables.child.ownKey().size() > 1;
    return tape.of(
        List.of(tables.child, tables.parent),
        List.of(tables.parent, tables.child),
        List.of(tables.child, tables.sibling),
        List.of(tables.parent, tables.parent),
        List.of(tables.sibling, tables.parent),
        List.of(tables.parent, tables.sibling),
        child ? List.of(tables.child, tables.child) : List.of(tables.sibling, tables.child));
  }

  private Shape shape(Tape tape) {
    Shape wanted = tape.of(Shape.values());
    boolean one = wanted == Shape.EQUALS;
    if (one && (!other.equals(tables.parent) || link.group())) {
      return Shape.IN; // only the parent has a code that finds one row
    }
    return wanted == Shape.SET_FIRST && link.group() ? Shape.SET_MAX : wanted;
  }

  private Wrap wrap(Wrap wanted, boolean half) {
    boolean leadingUnsaid = link.ways().get(0) == Link.Way.MISSING;
    boolean value = shape == Shape.EQUALS || shape == Shape.SET_FIRST;
    boolean asksMembers = wanted == Wrap.UNION && link.group() && shape.semi();
    if ((wanted == Wrap.GROUPED && value) || asksMembers) {
      return Wrap.DERIVED;
    }
    return wanted == Wrap.HALF_VIEW && !(half && leadingUnsaid) ? Wrap.VIEW : wanted;
  }

  private String predicate(Tape tape) {
    String any =
        tape.of(
            "kind = 'b'", "", "amount > 12", "kind IN ('a', 'b')", "(kind = 'a' OR amount < 15)");
    if (shape == Shape.EQUALS) {
      return "code = 'c" + tape.pick(9) + "'";
    }
    if (link.group() && shape.semi()) {
      return ""; // with one it can be meant either way
    }
    return link.group() && shape.join() && any.isEmpty() ? "kind = 'b'" : any;
  }

  /** Whether a link lacks a column and something else than its group is asked of the other side. */
  boolean wrong() {
    if (!link.partial()) {
      return false;
    }
    boolean groupAsked = shape.semi() || shape == Shape.SET_MAX || wrap == Wrap.GROUPED;
    return !(link.group() && groupAsked);
  }

  /** Whether it can be meant as it stands: a row that meets the others of its own group. */
  boolean arguable() {
    boolean grouped = shape == Shape.SET_MAX || wrap == Wrap.GROUPED;
    return link.group() && target.equals(other) && !grouped;
  }

  boolean writes() {
    return switch (shape) {
      case IN, EXISTS, EQUALS -> !verb.equals("SELECT");
      case JOIN, LEFT_JOIN -> false;
      default -> true;
    };
  }

  /** Whether the other table's columns stand without a label: where no other table can be meant. */
  boolean bareOther() {
    return bare && !link.third() && !shape.join();
  }

  /** The statement as a person wrote it, in odd layout. */
  String asWritten() {
    return Layout.of(new ScenarioText(this, false).statement(), layout);
  }

  /** The same for SQLite, where PostgreSQL alone reads it. */
  String asWrittenForSqlite() {
    return new ScenarioText(this, false).statementForSqlite();
  }

  /** The same with the whole key, for SQLite. */
  String keySafe() {
    return new ScenarioText(this, true).statementForSqlite();
  }

  @Override
  public String toString() {
    return "%s%n%n%s:%n%s%n%nmeans:%n%s%n"
        .formatted(tables.script(), wrong() ? "wrong" : "right", asWritten(), keySafe());
  }
}
