package dev.cairn.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.database.ServerCopy;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A manifest as the JSON file beside its snapshot. */
final class ManifestFile {
  private static final int FORMAT = 1;
  private static final long LONGEST = 8_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManifestFile() {}

  static String text(Manifest manifest) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("cairn_snapshot", FORMAT);
    tree.put("kind", manifest.rehearsal() ? "rehearsal" : "snapshot");
    tree.put("source", manifest.source());
    tree.put("source_name", manifest.sourceName());
    tree.put("schema", manifest.schema());
    tree.put("created", manifest.created().toString());
    tree.put("tool", manifest.tool());
    tree.put("journal_mode", manifest.journalMode());
    tree.put("bytes", manifest.bytes());
    tree.put("modified", manifest.modified().toString());
    tree.put("sha256", manifest.sha256());
    manifest.onServer().ifPresent(copy -> put(tree.putObject("on_server"), copy));
    ObjectNode counts = tree.putObject("counts");
    manifest.counts().forEach(counts::put);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The manifest in a file; empty where there is none. Fails with exit 1 where it isn't whole. */
  static Optional<Manifest> read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw unreadable(file, "it is too long", null);
      }
      return Optional.of(manifest(JSON.readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | DateTimeException | IllegalArgumentException broken) {
      throw unreadable(file, String.valueOf(broken.getMessage()), broken);
    }
  }

  private static Manifest manifest(JsonNode tree) {
    if (tree.path("cairn_snapshot").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "it is of format " + tree.path("cairn_snapshot").asText("none"));
    }
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : tree.required("counts").properties()) {
      counts.put(each.getKey(), each.getValue().longValue());
    }
    return new Manifest(
        tree.required("kind").asText().equals("rehearsal"),
        tree.required("source").asText(),
        tree.required("source_name").asText(),
        tree.required("schema").asText(),
        counts,
        Instant.parse(tree.required("created").asText()),
        tree.required("tool").asText(),
        tree.required("journal_mode").asText(),
        tree.required("bytes").longValue(),
        Instant.parse(tree.required("modified").asText()),
        tree.required("sha256").asText(),
        tree.has("on_server") ? Optional.of(copy(tree.get("on_server"))) : Optional.empty());
  }

  private static void put(ObjectNode tree, ServerCopy copy) {
    tree.put("way", copy.way());
    tree.put("name", copy.name());
    tree.put("url", copy.url());
    tree.put("identity", copy.identity());
    tree.put("id", copy.id());
  }

  private static ServerCopy copy(JsonNode tree) {
    return new ServerCopy(
        tree.required("way").asText(),
        tree.required("name").asText(),
        tree.required("url").asText(),
        tree.required("identity").asText(),
        tree.required("id").asText());
  }

  private static CairnException unreadable(Path file, String why, Exception cause) {
    return CairnException.failed("manifest", "the manifest " + file + " can't be read: " + why)
        .hint("the snapshot itself can still be named as a quoted path")
        .causedBy(cause);
  }
}
