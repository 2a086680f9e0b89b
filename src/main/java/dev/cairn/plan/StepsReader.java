package dev.cairn.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.error.SourceSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the part {@code steps} of a plan file, whose form has been checked. */
final class StepsReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  private final YamlTree tree;
  private final String plan;
  private final String text;

  StepsReader(YamlTree tree, String plan, String text) {
    this.tree = tree;
    this.plan = plan;
    this.text = text;
  }

  List<StepSpec> read() {
    List<StepSpec> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tree.root().at("/steps").size(); i++) {
      String at = "/steps/" + i;
      SqlText name = tree.scalar(at + "/name");
      if (!names.add(name.sql().toLowerCase(Locale.ROOT))) {
        throw tree.error("two steps are named '" + name.sql() + "'", name.span());
      }
      steps.add(step(at, name.sql()));
    }
    return steps;
  }

  private StepSpec step(String at, String name) {
    JsonNode step = tree.root().at(at);
    String own = PlanFile.nameOf(plan, name);
    Optional<PlanFile> file = Optional.empty();
    Optional<SqlText> other = Optional.empty();
    if (!step.has("plan")) {
      String begins = step.has("migrate") ? at + "/migrate" : at;
      file = Optional.of(new PlanFileReader(tree, begins, own, text).planFile());
    } else if (NAME.matcher(tree.scalar(at + "/plan").sql()).matches()) {
      other = Optional.of(tree.scalar(at + "/plan"));
    } else {
      file = Optional.of(inside(tree.scalar(at + "/plan"), own));
    }
    List<Condition> requires = conditions(at + "/requires");
    List<Condition> ensures = conditions(at + "/ensures");
    return new StepSpec(
        name, file.map(each -> each.asStep(own, text, requires, ensures)), other, tree.place(at));
  }

  /** As a run stores it, a plan that is named has the text of that plan in place of its name. */
  private PlanFile inside(SqlText given, String own) {
    PlanFile inner = PlanFileReader.read("step " + own, given.sql());
    if (!inner.steps().isEmpty()) {
      throw tree.error("a step can't be a plan of several steps", given.span());
    }
    return inner;
  }

  private List<Condition> conditions(String at) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < tree.root().at(at).size(); i++) {
      JsonNode node = tree.root().at(at + "/" + i);
      SqlText sql = tree.scalar(at + "/" + i + "/sql");
      SqlText is = tree.scalar(at + "/" + i + "/is");
      conditions.add(
          new Condition(
              sql.sql(), value(node.path("is"), is), node.path("because").asText(""), sql.span()));
    }
    return conditions;
  }

  private Object value(JsonNode node, SqlText written) {
    if (node.isTextual()) {
      return written.sql();
    }
    try {
      return node.isIntegralNumber()
          ? (Object) Long.valueOf(written.sql())
          : (Object) Double.valueOf(written.sql());
    } catch (NumberFormatException other) {
      SourceSpan place = written.span();
      throw tree.error("'" + written.sql() + "' is no number that a query can give", place);
    }
  }
}
