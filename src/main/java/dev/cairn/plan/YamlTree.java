package dev.cairn.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.error.SourceSpan;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Strict YAML: a tree whose every node knows its place. Duplicate keys, aliases, anchors, tags and
 * second documents are errors, not surprises; a number keeps the text that was written.
 */
final class YamlTree {
  private static final int MAX_DEPTH = 40;

  private final String file;
  private final String text;
  private final Map<String, SourceSpan> places = new HashMap<>();
  private final Map<String, String> written = new HashMap<>();
  private JsonNode root;

  private YamlTree(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Reads one document. Fails with exit 1 and the place where the text isn't strict YAML. */
  static YamlTree read(String file, String text) {
    YamlTree tree = new YamlTree(file, text);
    YAMLFactory factory = new YAMLFactory();
    try (YAMLParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        throw tree.error("the plan is empty", tree.spanOf(null));
      }
      tree.root = tree.node(parser, "", 0);
      if (parser.nextToken() != null) {
        throw tree.error(
            "a plan file holds one document", tree.spanOf(parser.currentTokenLocation()));
      }
      return tree;
    } catch (JsonProcessingException malformed) {
      String first = malformed.getOriginalMessage().lines().findFirst().orElse("not YAML");
      throw tree.error("not valid YAML: " + first, tree.spanOf(malformed.getLocation()));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  JsonNode root() {
    return root;
  }

  /** The place of the node under a JSON pointer; of its nearest parent where it has none. */
  SourceSpan place(String pointer) {
    for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
      SourceSpan span = places.get(at);
      if (span != null) {
        return span;
      }
      if (at.isEmpty()) {
        return spanOf(null);
      }
    }
  }

  /**
   * The place of a mapping's key, which is where a person looks for an unknown or misplaced name.
   */
  SourceSpan keyPlace(String pointer) {
    SourceSpan span = places.get("key:" + pointer);
    return span == null ? place(pointer) : span;
  }

  /** A scalar as it was written; {@code 1.10} stays {@code 1.10}. */
  SqlText scalar(String pointer) {
    return new SqlText(written.get(pointer), place(pointer));
  }

  CairnException error(String message, SourceSpan span) {
    return CairnException.of(ExitCode.FAILED, "plan-file", message).at(span);
  }

  private JsonNode node(YAMLParser parser, String pointer, int depth) throws IOException {
    refuseSpecials(parser);
    if (depth > MAX_DEPTH) {
      throw error("nested too deeply", spanOf(parser.currentTokenLocation()));
    }
    places.put(pointer, spanOf(parser.currentTokenLocation()));
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(parser, pointer, depth);
    }
    if (token == JsonToken.START_ARRAY) {
      var array = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        array.add(node(parser, pointer + "/" + i, depth + 1));
      }
      return array;
    }
    written.put(pointer, parser.getText());
    return scalarNode(parser, token);
  }

  private JsonNode object(YAMLParser parser, String pointer, int depth) throws IOException {
    var object = JsonNodeFactory.instance.objectNode();
    Set<String> seen = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      refuseSpecials(parser);
      String name = parser.currentName();
      SourceSpan keyPlace = spanOf(parser.currentTokenLocation());
      if (!seen.add(name)) {
        throw error("the key '" + name + "' stands here twice", keyPlace);
      }
      String child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      places.put("key:" + child, keyPlace);
      parser.nextToken();
      object.set(name, node(parser, child, depth + 1));
    }
    return object;
  }

  private JsonNode scalarNode(YAMLParser parser, JsonToken token) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case VALUE_NUMBER_INT -> nodes.numberNode(integer(parser));
      // Only its type matters; the text is kept apart.
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(BigDecimal.ONE);
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      default -> nodes.textNode(parser.getText());
    };
  }

  private static BigInteger integer(JsonParser parser) throws IOException {
    return parser.getText().length() > 40 ? BigInteger.ZERO : parser.getBigIntegerValue();
  }

  private void refuseSpecials(YAMLParser parser) throws IOException {
    String special = null;
    if (parser.isCurrentAlias()) {
      special = "aliases";
    } else if (parser.getObjectId() != null) {
      special = "anchors";
    } else if (parser.getTypeId() != null) {
      special = "tags";
    }
    if (special != null) {
      throw error("a plan file may not use YAML " + special, spanOf(parser.currentTokenLocation()));
    }
  }

  private SourceSpan spanOf(JsonLocation location) {
    if (location == null || location.getLineNr() < 1) {
      return SourceSpan.at(file, text, 0);
    }
    String[] lines = text.split("\n", -1);
    int line = Math.min(location.getLineNr(), lines.length);
    String lineText = lines[line - 1].replace("\r", "");
    return new SourceSpan(file, line, Math.max(1, location.getColumnNr()), lineText);
  }
}
