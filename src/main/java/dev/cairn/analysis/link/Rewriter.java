package dev.cairn.analysis.link;

import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Rewrite;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Resolver;
import dev.cairn.analysis.scope.Views;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a statement key-safe: closes one gap, reads the text again, and goes on until none is left.
 * What doesn't come out clean is not offered.
 */
public final class Rewriter {
  private static final int ROUNDS = 16;

  private final CheckContext context;
  private final Views views;

  /** A rewriter of one statement. */
  public Rewriter(CheckContext context, Views views) {
    this.context = context;
    this.views = views;
  }

  /** The statement without any gap; empty where nothing is wrong or no honest way is known. */
  public Optional<Rewrite> all() {
    Links links = Links.of(context.resolution(), context.catalog(), context.text());
    if (links.gaps().isEmpty()) {
      return Optional.empty();
    }
    Patch patch = new Patch(context.text());
    Set<String> questions = new LinkedHashSet<>();
    Set<String> rules = new LinkedHashSet<>();
    Resolution resolution = context.resolution();
    for (int round = 0; round < ROUNDS; round++) {
      if (links.gaps().isEmpty()) {
        return Optional.of(rewrite(patch, rules, questions));
      }
      Gap gap = links.gaps().get(0);
      Mend mend = mend(gap, patch.text(), resolution);
      if (!mend.exists()) {
        return Optional.empty();
      }
      rules.add(gap.rule());
      mend.question().ifPresent(questions::add);
      patch = patch.after(mend.edits());
      Statement again = SqlParser.parse(patch.text(), context.flavour());
      if (again instanceof Opaque) {
        return Optional.empty();
      }
      resolution = Resolver.resolve(again, context.catalog(), context.flavour(), views);
      links = Links.of(resolution, context.catalog(), patch.text());
    }
    return Optional.empty();
  }

  /** The statement without this one gap. */
  Fix one(Gap gap, Links before) {
    Mend mend = mend(gap, context.text(), context.resolution());
    if (!mend.exists()) {
      return new Fix(Optional.empty(), mend.reason());
    }
    Patch patch = new Patch(context.text()).after(mend.edits());
    Statement again = SqlParser.parse(patch.text(), context.flavour());
    if (again instanceof Opaque) {
      return new Fix(Optional.empty(), "");
    }
    Resolution resolution = Resolver.resolve(again, context.catalog(), context.flavour(), views);
    Links after = Links.of(resolution, context.catalog(), patch.text());
    boolean better = after.gaps().size() < before.gaps().size();
    Set<String> questions = new LinkedHashSet<>();
    mend.question().ifPresent(questions::add);
    return better
        ? new Fix(Optional.of(rewrite(patch, Set.of(gap.rule()), questions)), "")
        : new Fix(Optional.empty(), "");
  }

  /**
   * A rewrite, or why there is none.
   *
   * @param reason in words that may follow a colon, or empty
   */
  record Fix(Optional<Rewrite> rewrite, String reason) {}

  private static Rewrite rewrite(Patch patch, Set<String> rules, Set<String> questions) {
    return new Rewrite(
        patch.text(),
        patch.edits(),
        String.join("; ", rules),
        questions.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", questions)));
  }

  private Mend mend(Gap gap, String text, Resolution resolution) {
    Sides sides = new Sides(text, Map.of());
    Places places = new Places(text, context.flavour());
    References references = new References(text, context.flavour(), resolution, sides, places);
    return new Mender(text, references, sides, places).mend(gap);
  }
}
