package dev.cairn.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cairn.error.CairnException;
import dev.cairn.plan.FanOutSpec.ChoiceSpec;
import dev.cairn.plan.FanOutSpec.LookupSpec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plan text to {@link PlanFile}: strict YAML, then the published schema, then records. Every error
 * has its file, line and column, and exit code 1.
 */
public final class PlanFileReader {
  private static final int MAX_CHARACTERS = 1_000_000;

  private final YamlTree tree;

  private PlanFileReader(YamlTree tree) {
    this.tree = tree;
  }

  /**
   * Reads a plan.
   *
   * @param file the name that errors show
   * @param text the file's text
   */
  public static PlanFile read(String file, String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw CairnException.failed("plan-file", file + ": a plan file is 1 MB at most");
    }
    if (text.indexOf('\0') >= 0) {
      throw CairnException.failed("plan-file", file + ": this is no text file");
    }
    PlanFileReader reader = new PlanFileReader(YamlTree.read(file, text));
    reader.validate();
    return reader.planFile(text);
  }

  private void validate() {
    // The smallest complaint first: the deepest place, in the order of the file.
    LazySchema.SCHEMA.validate(tree.root()).stream()
        .max(Comparator.comparingInt(error -> error.getInstanceLocation().toString().length()))
        .ifPresent(
            error -> {
              throw complaint(error);
            });
  }

  private CairnException complaint(Error error) {
    String pointer = error.getInstanceLocation().toString();
    String property = error.getProperty();
    if ("additionalProperties".equals(error.getKeyword()) && property != null) {
      return tree.error("unknown key '" + property + "'", tree.keyPlace(pointer + "/" + property));
    }
    String name = pointer.isEmpty() ? "the plan" : pointer.substring(1).replace('/', '.');
    String message = error.getMessage();
    int colon = message.indexOf(": ");
    String bare = colon >= 0 && message.startsWith("/") ? message.substring(colon + 2) : message;
    // The validator counts schemas here; a person wants to know what may stand in this place.
    String words =
        "oneOf".equals(error.getKeyword())
            ? "has a form that doesn't fit here; plan.schema.json shows what does"
            : bare;
    CairnException complaint = tree.error(name + ": " + words, tree.place(pointer));
    boolean unquoted = tree.root().at(pointer).isBoolean() || tree.root().at(pointer).isNull();
    return unquoted ? complaint.hint("put it in quotes if text or SQL is meant") : complaint;
  }

  private PlanFile planFile(String text) {
    JsonNode root = tree.root();
    boolean changes = root.has("change");
    boolean rebuilds = root.has("rebuild");
    boolean restores = root.has("restore");
    return new PlanFile(
        text,
        root.path("name").asText(),
        root.path("description").asText(""),
        changes || rebuilds || restores ? Optional.empty() : Optional.of(migration()),
        changes ? Optional.of(change()) : Optional.empty(),
        rebuilds ? Optional.of(new RebuildReader(tree).read()) : Optional.empty(),
        restores ? Optional.of(restore(text)) : Optional.empty());
  }

  private RestoreSpec restore(String text) {
    List<SqlText> columns = new ArrayList<>();
    for (int i = 0; i < tree.root().at("/restore/columns").size(); i++) {
      columns.add(tree.scalar("/restore/columns/" + i));
    }
    return new RestoreSpec(
        tree.root().path("name").asText(),
        text,
        false,
        tree.scalar("/restore/table"),
        tree.scalar("/restore/from"),
        columns,
        tree.root().at("/restore/with_deleted").asBoolean(false),
        optional("/restore/where"));
  }

  /** The statement as it stands, or made of its parts: each part stays what a person wrote. */
  private SqlText change() {
    if (tree.root().at("/change").has("sql")) {
      SqlText given = tree.scalar("/change/sql");
      return new SqlText(given.sql().strip(), given.span());
    }
    String table = tree.scalar("/change/table").sql();
    StringBuilder sql = new StringBuilder();
    if (tree.root().at("/change").has("set")) {
      sql.append("UPDATE ").append(table).append(" SET ");
      String glue = "";
      for (String column : names("/change/set")) {
        String value = tree.scalar("/change/set/" + escaped(column)).sql();
        sql.append(glue).append(column).append(" = ").append(value);
        glue = ", ";
      }
    } else {
      sql.append("DELETE FROM ").append(table);
    }
    optional("/change/for_key").ifPresent(key -> sql.append(" FOR KEY ").append(key.sql()));
    optional("/change/where").ifPresent(where -> sql.append(" WHERE ").append(where.sql()));
    return new SqlText(sql.toString(), tree.place("/change/table"));
  }

  private MigrationSpec migration() {
    JsonNode root = tree.root();
    List<SqlText> key = new ArrayList<>();
    for (int i = 0; i < root.at("/target/key").size(); i++) {
      key.add(tree.scalar("/target/key/" + i));
    }
    String policy = root.path("on_conflict").asText("keep").toUpperCase(Locale.ROOT);
    return new MigrationSpec(
        source(),
        tree.scalar("/target/table"),
        key,
        ConflictPolicy.valueOf(policy),
        optional("/progress_name").map(SqlText::sql),
        columns("/columns"),
        root.has("fan_out") ? Optional.of(fanOut()) : Optional.empty());
  }

  private SourceSpec source() {
    List<SqlText> groups = new ArrayList<>();
    for (int i = 0; i < tree.root().at("/source/group_by").size(); i++) {
      groups.add(tree.scalar("/source/group_by/" + i));
    }
    return new SourceSpec(
        tree.scalar("/source/table"),
        optional("/source/lane"),
        tree.scalar("/source/cursor"),
        optional("/source/where"),
        groups);
  }

  private FanOutSpec fanOut() {
    JsonNode fanOut = tree.root().at("/fan_out");
    Optional<LookupSpec> lookup =
        fanOut.has("lookup")
            ? Optional.of(
                new LookupSpec(
                    tree.scalar("/fan_out/lookup/table"),
                    match("/fan_out/lookup/match"),
                    tree.scalar("/fan_out/lookup/name"),
                    tree.scalar("/fan_out/lookup/value")))
            : Optional.empty();
    Optional<ChoiceSpec> choice =
        fanOut.has("by")
            ? Optional.of(
                new ChoiceSpec(
                    tree.scalar("/fan_out/by/table"),
                    match("/fan_out/by/match"),
                    tree.scalar("/fan_out/by/column")))
            : Optional.empty();
    Map<String, Map<String, Map<String, ColumnSpec>>> variants = new LinkedHashMap<>();
    if (fanOut.has("rows")) {
      variants.put("", rows("/fan_out/rows"));
    }
    for (String variant : names("/fan_out/variants")) {
      variants.put(variant, rows("/fan_out/variants/" + escaped(variant)));
    }
    return new FanOutSpec(tree.scalar("/fan_out/column"), lookup, choice, variants);
  }

  private Map<String, Map<String, ColumnSpec>> rows(String pointer) {
    Map<String, Map<String, ColumnSpec>> rows = new LinkedHashMap<>();
    names(pointer).forEach(name -> rows.put(name, columns(pointer + "/" + escaped(name))));
    return rows;
  }

  private Map<String, ColumnSpec> columns(String pointer) {
    Map<String, ColumnSpec> columns = new LinkedHashMap<>();
    for (String name : names(pointer)) {
      String child = pointer + "/" + escaped(name);
      JsonNode node = tree.root().at(child);
      columns.put(
          name,
          node.isObject()
              ? new ColumnSpec(tree.scalar(child + "/value"), node.path("on_insert").asBoolean())
              : new ColumnSpec(tree.scalar(child), false));
    }
    return columns;
  }

  private Map<String, SqlText> match(String pointer) {
    Map<String, SqlText> match = new LinkedHashMap<>();
    names(pointer).forEach(name -> match.put(name, tree.scalar(pointer + "/" + escaped(name))));
    return match;
  }

  private List<String> names(String pointer) {
    List<String> names = new ArrayList<>();
    tree.root().at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private Optional<SqlText> optional(String pointer) {
    return tree.root().at(pointer).isMissingNode()
        ? Optional.empty()
        : Optional.of(tree.scalar(pointer));
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** Read once, when the first plan is. */
  private static final class LazySchema {
    static final Schema SCHEMA = load();

    private static Schema load() {
      InputStream stream = PlanFileReader.class.getResourceAsStream("plan.schema.json");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(stream);
    }
  }
}
