package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.error.CairnException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Forks of a namespace by sqld's admin API: each a full copy of what is committed, also while a
 * write is open. The server answers when the copy is whole.
 */
final class Forks implements ServerCopies {
  private static final String WAY = "fork";
  private static final long LOOK_MILLIS = 200;

  private final AdminClient admin;
  private final LibsqlAddress source;

  Forks(AdminClient admin, LibsqlAddress source) {
    this.admin = admin;
    this.source = source;
  }

  @Override
  public String intended(boolean whole) {
    return "a full copy (" + WAY + ")";
  }

  @Override
  public boolean makes(String way) {
    return way.equals(WAY);
  }

  @Override
  public void checkAsked() {
    if (find(source.namespace().orElse("default")).isEmpty()) {
      throw unknownSource();
    }
  }

  private CairnException unknownSource() {
    return CairnException.failed(
            "no-namespace", "the admin server knows no database " + source.name())
        .hint("where copies are asked for must be the admin port of " + source.base());
  }

  @Override
  public ServerCopy make(String name, boolean whole, BooleanSupplier stop) {
    String path = namespace(source.namespace().orElse("default")) + "/fork/" + encoded(name);
    try {
      if (admin.ask("POST", path, Optional.of(JsonNodeFactory.instance.objectNode())).isEmpty()) {
        throw unknownSource();
      }
    } catch (AdminClient.NoAnswer lost) {
      awaitAfter(lost, name, stop);
    }
    String id = find(name).map(Found::id).orElse("");
    LibsqlAddress copy = source.beside(name);
    return new ServerCopy(WAY, name, copy.url(), copy.identity(), id);
  }

  /** Whether it was made is looked up, for as long as the server may yet be at it. */
  private void awaitAfter(AdminClient.NoAnswer lost, String name, BooleanSupplier stop) {
    for (int i = 0; i < 50 && !stop.getAsBoolean(); i++) {
      if (find(name).isPresent()) {
        return;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw lost.stopped();
  }

  @Override
  public void protect(String name) {
    try {
      JsonNode now = admin.ask("GET", config(name), Optional.empty()).orElseThrow();
      ObjectNode changed = now.deepCopy();
      changed.put("block_writes", true).put("block_reason", "a snapshot of " + source.name());
      admin.ask("POST", config(name), Optional.of(changed));
    } catch (AdminClient.NoAnswer lost) {
      throw lost.stopped();
    }
  }

  @Override
  public Optional<Found> find(String name) {
    try {
      Optional<JsonNode> config = admin.ask("GET", config(name), Optional.empty());
      if (config.isEmpty()) {
        return Optional.empty();
      }
      Optional<JsonNode> stats = admin.ask("GET", namespace(name) + "/stats", Optional.empty());
      return Optional.of(
          new Found(
              stats.map(each -> each.path("id").asText("")).orElse(""),
              !config.get().path("block_writes").asBoolean()));
    } catch (AdminClient.NoAnswer lost) {
      throw lost.stopped();
    }
  }

  @Override
  public void drop(String name) {
    try {
      admin.ask("DELETE", namespace(name), Optional.empty());
    } catch (AdminClient.NoAnswer lost) {
      throw lost.stopped();
    }
  }

  private static String config(String name) {
    return namespace(name) + "/config";
  }

  private static String namespace(String name) {
    return "/v1/namespaces/" + encoded(name);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
