package dev.cairn.preview;

import dev.cairn.plan.Entry;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.plan.Token.LaneBound;

/**
 * Makes the token of a measured plan. It binds the plan's text, the resolved mapping, the target's
 * identity, the schema, and the source keys; not what the target holds, which live writers may add
 * to without the plan being another.
 */
final class TokenMaker {
  private TokenMaker() {}

  static Token token(Measured measured) {
    KeyDigest digest = new KeyDigest();
    digest.add(measured.plan().text());
    digest.add(measured.plan().where().orElse(null));
    digest.add(measured.plan().schema());
    digest.add(measured.target());
    for (Lane lane : measured.lanes()) {
      digest.add(lane.value());
      digest.add(lane.variant());
      digest.add(lane.bound());
      digest.add(lane.sourceRows());
      digest.add(lane.digest());
      for (Entry entry : lane.entries()) {
        digest.add(entry.name());
        digest.add(entry.value());
      }
    }
    return new Token(
        measured.plan().name(),
        measured.total(Lane::sourceRows),
        digest.hex(),
        measured.lanes().stream().map(lane -> new LaneBound(lane.value(), lane.bound())).toList());
  }
}
