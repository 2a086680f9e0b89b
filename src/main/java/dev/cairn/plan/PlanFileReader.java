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
  private final String name;
  private final String text;

  /** Where in the tree the plan stands: at its root, or a step. */
  private final String at;

  /**
   * @param tree the whole file
   * @param at where the plan begins in it
   * @param name the plan's name
   * @param text the file's text
   */
  PlanFileReader(YamlTree tree, String at, String name, String text) {
    this.tree = tree;
    this.at = at;
    this.name = name;
    this.text = text;
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
    YamlTree tree = YamlTree.read(file, text);
    validate(tree);
    return new PlanFileReader(tree, "", tree.root().path("name").asText(), text).planFile();
  }

  private static void validate(YamlTree tree) {
    // The smallest complaint first: the deepest place, in the order of the file.
    LazySchema.SCHEMA.validate(tree.root()).stream()
        .max(Comparator.comparingInt(error -> error.getInstanceLocation().toString().length()))
        .ifPresent(
            error -> {
              throw complaint(tree, error);
            });
  }

  private static CairnException complaint(YamlTree tree, Error error) {
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

  /** The plan that begins here. */
  PlanFile planFile() {
    JsonNode here = tree.root().at(at);
    return new PlanFile(
        text,
        name,
        here.path("description").asText(""),
        here.has("source") ? Optional.of(migration()) : Optional.empty(),
        here.has("change") ? Optional.of(change()) : Optional.empty(),
        here.has("rebuild")
            ? Optional.of(new RebuildReader(tree, at + "/rebuild").read())
            : Optional.empty(),
        here.has("restore") ? Optional.of(restore()) : Optional.empty(),
        here.has("script") ? Optional.of(script()) : Optional.empty(),
        List.of(),
        List.of(),
        here.has("steps") ? new StepsReader(tree, name, text).read() : List.of());
  }

  private ScriptSpec script() {
    return new ScriptSpec(tree.scalar(at + "/script"), optional(at + "/rollback"));
  }

  private RestoreSpec restore() {
    List<SqlText> columns = new ArrayList<>();
    for (int i = 0; i < tree.root().at(at + "/restore/columns").size(); i++) {
      columns.add(tree.scalar(at + "/restore/columns/" + i));
    }
    return new RestoreSpec(
        name,
        text,
        false,
        tree.scalar(at + "/restore/table"),
        tree.scalar(at + "/restore/from"),
        columns,
        tree.root().at(at + "/restore/with_deleted").asBoolean(false),
        optional(at + "/restore/where"));
  }

  /** The statement as it stands, or made of its parts: each part stays what a person wrote. */
  private SqlText change() {
    if (tree.root().at(at + "/change").has("sql")) {
      SqlText given = tree.scalar(at + "/change/sql");
      return new SqlText(given.sql().strip(), given.span());
    }
    String table = tree.scalar(at + "/change/table").sql();
    StringBuilder sql = new StringBuilder();
    if (tree.root().at(at + "/change").has("set")) {
      sql.append("UPDATE ").append(table).append(" SET ");
      String glue = "";
      for (String column : names(at + "/change/set")) {
        String value = tree.scalar(at + "/change/set/" + escaped(column)).sql();
        sql.append(glue).append(column).append(" = ").append(value);
        glue = ", ";
      }
    } else {
      sql.append("DELETE FROM ").append(table);
    }
    optional(at + "/change/for_key").ifPresent(key -> sql.append(" FOR KEY ").append(key.sql()));
    optional(at + "/change/where").ifPresent(where -> sql.append(" WHERE ").append(where.sql()));
    return new SqlText(sql.toString(), tree.place(at + "/change/table"));
  }

  private MigrationSpec migration() {
    JsonNode root = tree.root().at(at);
    List<SqlText> key = new ArrayList<>();
    for (int i = 0; i < root.at("/target/key").size(); i++) {
      key.add(tree.scalar(at + "/target/key/" + i));
    }
    String policy = root.path("on_conflict").asText("keep").toUpperCase(Locale.ROOT);
    return new MigrationSpec(
        source(),
        tree.scalar(at + "/target/table"),
        key,
        ConflictPolicy.valueOf(policy),
        optional(at + "/progress_name").map(SqlText::sql),
        columns(at + "/columns"),
        root.has("fan_out") ? Optional.of(fanOut()) : Optional.empty(),
        root.has("suspend") ? Optional.of(suspend()) : Optional.empty());
  }

  private SuspendSpec suspend() {
    List<SqlText> triggers = new ArrayList<>();
    for (int i = 0; i < tree.root().at(at + "/suspend/triggers").size(); i++) {
      triggers.add(tree.scalar(at + "/suspend/triggers/" + i));
    }
    return new SuspendSpec(triggers, optional(at + "/suspend/then"));
  }

  private SourceSpec source() {
    List<SqlText> groups = new ArrayList<>();
    for (int i = 0; i < tree.root().at(at + "/source/group_by").size(); i++) {
      groups.add(tree.scalar(at + "/source/group_by/" + i));
    }
    return new SourceSpec(
        tree.scalar(at + "/source/table"),
        optional(at + "/source/lane"),
        tree.scalar(at + "/source/cursor"),
        optional(at + "/source/where"),
        groups);
  }

  private FanOutSpec fanOut() {
    JsonNode fanOut = tree.root().at(at + "/fan_out");
    Optional<LookupSpec> lookup =
        fanOut.has("lookup")
            ? Optional.of(
                new LookupSpec(
                    tree.scalar(at + "/fan_out/lookup/table"),
                    match(at + "/fan_out/lookup/match"),
                    tree.scalar(at + "/fan_out/lookup/name"),
                    tree.scalar(at + "/fan_out/lookup/value")))
            : Optional.empty();
    Optional<ChoiceSpec> choice =
        fanOut.has("by")
            ? Optional.of(
                new ChoiceSpec(
                    tree.scalar(at + "/fan_out/by/table"),
                    match(at + "/fan_out/by/match"),
                    tree.scalar(at + "/fan_out/by/column")))
            : Optional.empty();
    Map<String, Map<String, Map<String, ColumnSpec>>> variants = new LinkedHashMap<>();
    if (fanOut.has("rows")) {
      variants.put("", rows(at + "/fan_out/rows"));
    }
    for (String variant : names(at + "/fan_out/variants")) {
      variants.put(variant, rows(at + "/fan_out/variants/" + escaped(variant)));
    }
    return new FanOutSpec(tree.scalar(at + "/fan_out/column"), lookup, choice, variants);
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
