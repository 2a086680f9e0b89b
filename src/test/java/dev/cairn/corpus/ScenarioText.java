package dev.cairn.corpus;

import static dev.cairn.corpus.RandomTables.quoted;

import dev.cairn.corpus.Scenario.Cast;
import dev.cairn.corpus.Scenario.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a scenario as SQL: as its author wrote it, or with the whole key. */
final class ScenarioText {
  private final Scenario scenario;
  private final Link link;
  private final OtherSide other;
  private final List<Integer> linked;
  private final boolean usable;

  ScenarioText(Scenario scenario, boolean whole) {
    this.scenario = scenario;
    this.link = scenario.link;
    this.other = new OtherSide(scenario, whole);
    this.linked = link.linked(whole);
    this.usable =
        scenario.using
            && scenario.cast == Cast.NONE
            && !link.third()
            && linked.stream()
                .allMatch(
                    each -> link.target().get(each).equals(other.name(link.other().get(each))));
  }

  String statement() {
    return other.with() + (scenario.shape == Shape.USING ? usingDelete() : statementBody());
  }

  String statementForSqlite() {
    return other.with() + statementBody();
  }

  private String statementBody() {
    return switch (scenario.shape) {
      case IN, EXISTS, EQUALS -> verb(around(condition()));
      case USING -> "DELETE FROM %s WHERE %s".formatted(target(), and(exists(), rest()));
      case FROM ->
          "UPDATE %s SET kind = 'z' FROM %s%s WHERE %s"
              .formatted(target(), other.from(), leaders(", "), and(joined(), rest()));
      case SET_MAX -> set("max(" + value() + ")", "");
      case SET_FIRST -> set(value(), " ORDER BY %s, %s LIMIT 1".formatted(value(), column("kind")));
      case INSERT_JOIN -> "INSERT INTO audit (a, b, c) " + select(" JOIN ");
      case JOIN -> select(" JOIN ");
      case LEFT_JOIN -> select(" LEFT JOIN ");
    };
  }

  private String verb(String where) {
    return switch (scenario.verb) {
      case "DELETE" -> "DELETE FROM " + target() + " WHERE " + where;
      case "SELECT" -> "SELECT %s FROM %s WHERE %s".formatted(own("amount"), target(), where);
      default -> "UPDATE %s SET kind = 'z' WHERE %s".formatted(target(), where);
    };
  }

  private String usingDelete() {
    return "DELETE FROM %s USING %s%s WHERE %s"
        .formatted(target(), other.from(), leaders(", "), and(joined(), rest()));
  }

  private String set(String value, String tail) {
    List<String> where = rest();
    String query =
        "(SELECT %s FROM %s%s WHERE %s%s)"
            .formatted(value, other.from(), leaders(", "), and(joined()), tail);
    boolean nullable = !scenario.target.equals(scenario.tables.parent);
    return "UPDATE %s SET amount = %s%s"
        .formatted(
            target(),
            nullable ? query : "coalesce(" + query + ", -1)",
            where.isEmpty() ? "" : " WHERE " + and(where));
  }

  private String select(String join) {
    List<String> where = new ArrayList<>(rest());
    String on = " ON " + and(joined());
    if (usable) {
      on =
          linked.stream()
              .map(link.target()::get)
              .collect(Collectors.joining(", ", " USING (", ")"));
      where.addAll(other.outside());
    }
    String leader = scenario.tables.leaders.key().get(0);
    String first = own(link.target().get(0));
    return "SELECT %s, %s, %s FROM %s%s%s%s%s%s"
        .formatted(
            first,
            own(link.target().get(link.target().size() - 1)),
            value(),
            target(),
            link.third() ? " JOIN leaders AS g ON g.%s = %s".formatted(leader, first) : "",
            join,
            other.from(),
            on,
            where.isEmpty() ? "" : " WHERE " + and(where));
  }

  /** The condition that holds the link, for shapes where a WHERE holds it. */
  private String condition() {
    String not = scenario.negated ? "NOT " : "";
    if (scenario.shape == Shape.EXISTS || (linked.isEmpty() && !link.third())) {
      return not + exists();
    }
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    if (link.third()) {
      left.add(own(link.target().get(0)));
      right.add("g." + scenario.tables.leaders.key().get(0));
    }
    linked.forEach(each -> left.add(cast(each, own(link.target().get(each)))));
    linked.forEach(each -> right.add(cast(each, column(link.other().get(each)))));
    List<String> inner = new ArrayList<>(other.outside());
    if (link.third()) {
      inner.add(
          "g.%s = %s".formatted(scenario.tables.leaders.key().get(0), column(link.other().get(0))));
    }
    String query =
        "(SELECT %s FROM %s%s%s)"
            .formatted(
                String.join(", ", right),
                other.from(),
                leaders(", "),
                inner.isEmpty() ? "" : " WHERE " + and(inner));
    String row = left.size() == 1 ? left.get(0) : "(" + String.join(", ", left) + ")";
    if (scenario.shape == Shape.EQUALS) {
      return scenario.negated ? "NOT (" + row + " = " + query + ")" : row + " = " + query;
    }
    return row + " " + not + "IN " + query;
  }

  private String exists() {
    List<String> where = joined();
    return "EXISTS (SELECT %s FROM %s%s%s)"
        .formatted(
            scenario.rowValues ? "*" : "1",
            other.from(),
            leaders(", "),
            where.isEmpty() ? "" : " WHERE " + and(where));
  }

  /** The link as conditions on both tables, and what is asked of the other one alone. */
  private List<String> joined() {
    List<String> conditions = new ArrayList<>();
    if (link.third()) {
      String leader = "g." + scenario.tables.leaders.key().get(0);
      conditions.add(equal(own(link.target().get(0)), leader));
      conditions.add(equal(leader, column(link.other().get(0))));
    }
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    for (int each : linked) {
      left.add(cast(each, own(link.target().get(each))));
      right.add(cast(each, column(link.other().get(each))));
    }
    if (scenario.rowValues && left.size() > 1) {
      conditions.add("(%s) = (%s)".formatted(String.join(", ", left), String.join(", ", right)));
    } else {
      for (int i = 0; i < left.size(); i++) {
        conditions.add(equal(left.get(i), right.get(i)));
      }
    }
    conditions.addAll(other.outside());
    return conditions;
  }

  private String equal(String left, String right) {
    return scenario.swapped ? right + " = " + left : left + " = " + right;
  }

  /** The condition among others, or inside out. */
  private String around(String condition) {
    String result = scenario.around ? "NOT (" + condition + ")" : condition;
    if (scenario.ored) {
      result = "(%s = 'a' OR %s)".formatted(own("kind"), result);
    }
    List<String> all = new ArrayList<>(List.of(result));
    all.addAll(rest());
    return and(all);
  }

  /** What is asked of the target beside the link. */
  private List<String> rest() {
    List<String> rest = new ArrayList<>();
    if (link.pinsTarget()) {
      rest.add(own(link.target().get(0)) + " = " + scenario.tables.value(0, 1));
    }
    if (!scenario.targetPredicate.isEmpty()) {
      rest.add(
          scenario.tables.parent.columns().stream()
              .filter(scenario.targetPredicate::startsWith)
              .findFirst()
              .map(each -> own(each) + scenario.targetPredicate.substring(each.length()))
              .orElseThrow());
    }
    if (scenario.extra == 4) {
      rest.add(
          "%s IN (SELECT %s FROM leaders WHERE title <> 't9')"
              .formatted(own(scenario.target.key().get(0)), scenario.tables.leaders.key().get(0)));
    } else if (scenario.extra == 5) {
      rest.add(wholeLink());
    }
    return rest;
  }

  /** Another link beside the judged one, over the whole key. */
  private String wholeLink() {
    RandomTables.End end =
        scenario.target.equals(scenario.tables.parent)
            ? scenario.tables.child
            : scenario.tables.parent;
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < end.key().size(); i++) {
      conditions.add("y.%s = %s".formatted(end.key().get(i), own(scenario.target.key().get(i))));
    }
    return "EXISTS (SELECT 1 FROM %s AS y WHERE %s)"
        .formatted(quoted(end.table()), and(conditions));
  }

  private String leaders(String before) {
    return link.third() ? before + "leaders AS g" : "";
  }

  private String target() {
    return quoted(scenario.target.table()) + (scenario.targetAlias ? " AS t" : "");
  }

  private String own(String column) {
    boolean clear =
        scenario.bare
            && !other.names().contains(column)
            && !scenario.tables.leaders.key().contains(column)
            && scenario.extra != 5;
    String label = scenario.targetAlias ? "t" : quoted(scenario.target.table());
    return clear ? column : label + "." + column;
  }

  private String column(String column) {
    return scenario.bareOther() ? other.name(column) : other.label() + "." + other.name(column);
  }

  private String value() {
    return column("amount");
  }

  private String cast(int column, String text) {
    if (column != linked.get(linked.size() - 1)) {
      return text;
    }
    boolean isText =
        link.target().size() == 1
            || (column < scenario.tables.width && scenario.tables.text(column));
    return switch (scenario.cast) {
      case NONE -> text;
      case ARITHMETIC -> text + (isText ? " || ''" : " + 0");
      case CAST -> "CAST(" + text + " AS TEXT)";
    };
  }

  private static String and(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  private static String and(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return and(all);
  }

  private static String and(List<String> first, List<String> rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(rest);
    return and(all);
  }
}
