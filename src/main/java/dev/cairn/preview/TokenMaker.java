package dev.cairn.preview;

import dev.cairn.plan.Entry;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.StepSequence;
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
    KeyDigest work = new KeyDigest();
    work.add(measured.plan().text());
    work.add(measured.plan().where().orElse(null));
    work.add(measured.plan().schema());
    work.add(measured.target());
    KeyDigest rows = new KeyDigest();
    for (Lane lane : measured.lanes()) {
      work.add(lane.value());
      work.add(lane.variant());
      if (!StepSequence.Part.isMapping(lane.variant())) {
        rows.add(lane.bound()); // of a step it is a token, which names the database too
      }
      rows.add(lane.sourceRows());
      rows.add(lane.digest());
      for (Entry entry : lane.entries()) {
        work.add(entry.name());
        work.add(entry.value());
      }
    }
    return new Token(
        measured.plan().name(),
        measured.total(Lane::sourceRows),
        Token.digest(work.hex(), rows.hex()),
        measured.lanes().stream().map(lane -> new LaneBound(lane.value(), lane.bound())).toList());
  }
}
