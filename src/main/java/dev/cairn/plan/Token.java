package dev.cairn.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Proof of what was planned: name, count, digest and bounds in one word that can be pasted. Equal
 * content gives an equal token in any process.
 *
 * @param plan the plan's name
 * @param count source rows up to the bounds
 * @param digest hash over the resolved mapping, the target's identity, the schema, and the source
 *     keys up to the bounds
 * @param bounds each lane with its bound
 */
public record Token(String plan, long count, String digest, List<LaneBound> bounds) {
  private static final int HALF = 16;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9_-]*)\\.([0-9]{1,18})\\.([0-9a-f]{32})\\.([A-Za-z0-9_-]+)");

  public Token {
    bounds = List.copyOf(bounds);
  }

  /** A lane's value and its last cursor value; Long, Double, String, byte[] or null. */
  public record LaneBound(Object lane, Object bound) {}

  /**
   * The digest of what shall be done where, and of the rows that it shall be done with: where a
   * person tolerates other rows, the first half still tells another plan or database.
   */
  public static String digest(String work, String rows) {
    return work.substring(0, HALF) + rows.substring(0, HALF);
  }

  /** Whether both stand for the same plan, mapping, schema and target, whatever the rows. */
  public boolean sameWork(Token other) {
    return plan.equals(other.plan)
        && digest.substring(0, HALF).equals(other.digest.substring(0, HALF));
  }

  /** Whether both stand for the same rows, whatever the plan and the target. */
  public boolean sameRows(Token other) {
    return count == other.count && digest.substring(HALF).equals(other.digest.substring(HALF));
  }

  /** The half of the digest that stands for the rows. */
  public String rowsDigest() {
    return digest.substring(HALF);
  }

  /** The token as it is printed and typed. */
  public String text() {
    ArrayNode array = JSON.createArrayNode();
    for (LaneBound each : bounds) {
      array.addArray().add(KeyTuple.toJson(each.lane())).add(KeyTuple.toJson(each.bound()));
    }
    try {
      byte[] bytes = JSON.writeValueAsBytes(array);
      String packed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return plan + "." + count + "." + digest + "." + packed;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads a token. Fails with exit 2 where the text is none. */
  public static Token parse(String text) {
    var parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw notAToken();
    }
    try {
      List<LaneBound> bounds = new ArrayList<>();
      for (JsonNode each : JSON.readTree(Base64.getUrlDecoder().decode(parts.group(4)))) {
        bounds.add(new LaneBound(KeyTuple.fromJson(each.get(0)), KeyTuple.fromJson(each.get(1))));
      }
      return new Token(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3), bounds);
    } catch (IOException | RuntimeException malformed) {
      throw notAToken();
    }
  }

  private static CairnException notAToken() {
    return CairnException.of(ExitCode.USAGE, "token", "this is no token")
        .hint("paste the word that `plan` printed behind `token`");
  }
}
