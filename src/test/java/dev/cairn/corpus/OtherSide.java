package dev.cairn.corpus;

import static dev.cairn.corpus.RandomTables.quoted;

import dev.cairn.corpus.RandomTables.End;
import dev.cairn.corpus.Scenario.Wrap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The other table as a statement names it: bare, or behind a view, a CTE, a derived table, a UNION
 * or a GROUP BY. It knows what its columns are called there.
 */
final class OtherSide {
  private final Scenario scenario;
  private final boolean whole;
  private final End other;
  private final List<String> columns;

  /**
   * @param whole with the whole key
   */
  OtherSide(Scenario scenario, boolean whole) {
    this.scenario = scenario;
    this.whole = whole;
    this.other = scenario.other;
    this.columns = visible();
  }

  /** The conditions on single rows, which stand inside or outside. */
  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (!scenario.predicate.isEmpty()) {
      conditions.add(scenario.predicate);
    }
    if (scenario.link.pinsOther()) {
      conditions.add(other(0) + " = " + scenario.tables.value(0, 1));
    }
    return conditions;
  }

  /** The conditions that stand outside, with the names and the label that hold there. */
  List<String> outside() {
    if (scenario.predicateInside) {
      return List.of();
    }
    return conditions().stream().map(this::renamed).toList();
  }

  /** The WITH clause and a blank, or nothing. */
  String with() {
    return switch (scenario.wrap) {
      case CTE -> "WITH picked AS (" + inner() + ") ";
      case CTE_NAMED -> "WITH picked (%s) AS (%s) ".formatted(list(columns, "c_"), inner());
      case CTE_OF_CTE -> "WITH wide AS (" + inner() + "), picked AS (SELECT * FROM wide) ";
      default -> "";
    };
  }

  /** What stands in FROM. */
  String from() {
    String named =
        switch (scenario.wrap) {
          case NONE -> quoted(other.table());
          case VIEW -> quoted(RandomTables.viewOf(other));
          case HALF_VIEW ->
              quoted(whole ? RandomTables.viewOf(other) : RandomTables.halfViewOf(other));
          case CTE, CTE_NAMED, CTE_OF_CTE -> "picked";
          case DERIVED, GROUPED -> "(" + inner() + ")";
          case UNION -> "(" + union() + ")";
        };
    return named.startsWith("(") || scenario.otherAlias ? named + " AS o" : named;
  }

  /** What its columns are qualified with. */
  String label() {
    String from = from();
    return from.endsWith(" AS o") ? "o" : from;
  }

  /** What a column is called here, without a label. */
  String name(String column) {
    return switch (scenario.wrap) {
      case VIEW, HALF_VIEW -> "x_" + column;
      case CTE_NAMED -> "c_" + column;
      default -> column;
    };
  }

  /** Every name that can be said of it without a label. */
  List<String> names() {
    return (scenario.wrap == Wrap.NONE ? other.columns() : columns)
        .stream().map(this::name).toList();
  }

  private String renamed(String condition) {
    String result = condition;
    for (String column : other.columns()) {
      result = result.replaceAll("\\b" + column + "\\b(?!')", "\u0001" + name(column) + "\u0002");
    }
    return result
        .replace("\u0001", scenario.bareOther() ? "" : label() + ".")
        .replace("\u0002", "");
  }

  private String inner() {
    List<String> where = scenario.predicateInside ? conditions() : List.of();
    String text =
        "SELECT %s FROM %s%s"
            .formatted(
                selected(),
                quoted(other.table()),
                where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
    return scenario.wrap == Wrap.GROUPED ? text + " GROUP BY " + keys() : text;
  }

  private String union() {
    List<String> where = new ArrayList<>(scenario.predicateInside ? conditions() : List.of());
    String both = where.isEmpty() ? "" : " AND " + String.join(" AND ", where);
    return "SELECT %s FROM %s WHERE kind = 'a'%s UNION ALL SELECT %s FROM %s WHERE kind <> 'a'%s"
        .formatted(
            selected(), quoted(other.table()), both, selected(), quoted(other.table()), both);
  }

  private String selected() {
    if (scenario.wrap == Wrap.GROUPED) {
      return keys() + ", max(amount) AS amount";
    }
    return scenario.allColumns && scenario.wrap != Wrap.CTE_NAMED && scenario.wrap != Wrap.UNION
        ? "*"
        : list(columns, "");
  }

  private String keys() {
    return columns.stream()
        .filter(each -> !each.equals("amount"))
        .collect(Collectors.joining(", "));
  }

  private static String list(List<String> columns, String prefix) {
    return columns.stream().map(each -> prefix + each).collect(Collectors.joining(", "));
  }

  /** The columns that are asked for: by the link, by values, by conditions that stand outside. */
  private List<String> visible() {
    Set<String> visible = new LinkedHashSet<>();
    scenario.link.linked(whole).forEach(each -> visible.add(other(each)));
    if (scenario.link.third()) {
      visible.add(other(0));
    }
    if (scenario.wrap == Wrap.GROUPED) {
      visible.add("amount");
    } else if (scenario.allColumns) {
      other.columns().forEach(visible::add);
    } else {
      visible.addAll(List.of("amount", "kind"));
      if (!scenario.predicateInside) {
        String asked = String.join(" ", conditions());
        other.columns().stream().filter(asked::contains).forEach(visible::add);
      }
    }
    return List.copyOf(visible);
  }

  private String other(int column) {
    return scenario.link.other().get(column);
  }
}
