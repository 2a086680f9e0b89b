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
 * Copies by Turso's platform API: a new database in the group of the one that it is made from. As
 * its documentation says; run against a stand-in of the tests, not against Turso.
 */
final class TursoCopies implements ServerCopies {
  private static final String WAY = "turso";
  private static final int LOOKS = 600;
  private static final long LOOK_MILLIS = 200;

  private final AdminClient api;
  private final LibsqlAddress source;
  private final String databases;

  /**
   * @param api with the platform's token, which is not the database's
   */
  TursoCopies(AdminClient api, LibsqlAddress source, String organization) {
    this.api = api;
    this.source = source;
    this.databases = "/v1/organizations/" + encoded(organization) + "/databases";
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
    original();
  }

  @Override
  public ServerCopy make(String name, boolean whole, BooleanSupplier stop) {
    JsonNode original = original();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", name).put("group", original.path("group").asText());
    body.putObject("seed").put("type", "database").put("name", original.path("Name").asText());
    try {
      if (api.ask("POST", databases, Optional.of(body)).isEmpty()) {
        throw CairnException.failed("server-copies", "Turso knows no such organization or group");
      }
    } catch (AdminClient.NoAnswer lost) {
      await(stop, () -> database(name).isPresent(), lost.stopped());
    }
    JsonNode made = database(name).orElseThrow(() -> notReady(name));
    String parent = made.path("parent").path("name").asText("");
    if (!parent.isEmpty() && !parent.equals(original.path("Name").asText())) {
      throw CairnException.failed("copy-differs", name + " is a copy of " + parent);
    }
    String url = source.base().getScheme() + "://" + made.path("Hostname").asText();
    await(stop, () -> answers(url), notReady(name));
    return new ServerCopy(
        WAY, name, url, LibsqlAddress.of(url).identity(), made.path("DbId").asText(""));
  }

  @Override
  public void protect(String name) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("block_writes", true);
    asked("PATCH", databases + "/" + encoded(name) + "/configuration", Optional.of(body));
  }

  @Override
  public Optional<Found> find(String name) {
    return database(name)
        .map(
            found ->
                new Found(found.path("DbId").asText(""), !found.path("block_writes").asBoolean()));
  }

  @Override
  public void drop(String name) {
    asked("DELETE", databases + "/" + encoded(name), Optional.empty());
  }

  /** The source as the platform lists it: its name there is not its host. */
  private JsonNode original() {
    JsonNode all =
        asked("GET", databases, Optional.empty())
            .orElseThrow(
                () ->
                    CairnException.failed("server-copies", "Turso knows no such organization")
                        .hint("CAIRN_TURSO_ORG is its slug, as `turso org list` shows it"));
    for (JsonNode each : all.path("databases")) {
      if (each.path("Hostname").asText().equalsIgnoreCase(source.base().getRawAuthority())) {
        return each;
      }
    }
    throw CairnException.failed(
            "server-copies",
            "none of the organization's databases has the host " + source.base().getRawAuthority())
        .hint("CAIRN_TURSO_ORG must be the organization that it belongs to");
  }

  private Optional<JsonNode> database(String name) {
    return asked("GET", databases + "/" + encoded(name), Optional.empty())
        .map(found -> found.path("database"));
  }

  private Optional<JsonNode> asked(String method, String path, Optional<JsonNode> body) {
    try {
      return api.ask(method, path, body);
    } catch (AdminClient.NoAnswer lost) {
      throw lost.stopped();
    }
  }

  /** A new database's host may not be known, or its server not be awake, for a while. */
  private static boolean answers(String url) {
    try (Database opened = Databases.reading(url)) {
      return !opened.location().isEmpty();
    } catch (CairnException notYet) {
      return false;
    }
  }

  private static void await(BooleanSupplier stop, BooleanSupplier until, CairnException late) {
    for (int i = 0; i < LOOKS && !stop.getAsBoolean(); i++) {
      if (until.getAsBoolean()) {
        return;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw late;
  }

  private static CairnException notReady(String name) {
    return CairnException.stopped("no-answer", "the new database " + name + " does not answer")
        .hint("the token must be one of the group: `turso group tokens create GROUP`");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
