package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Effect;
import dev.cairn.analysis.Rewrite;
import dev.cairn.error.CairnException;
import dev.cairn.preview.StatementPreview;
import dev.cairn.preview.TargetScope;
import dev.cairn.report.Counted;
import dev.cairn.sql.StatementShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands before every typed statement that isn't harmless: shows what it would do and asks. Where
 * nobody can be asked, {@code --yes} lets it through as it is written, unless a finding is an
 * error; a rewrite is never put in its place without a word.
 */
final class TypedGate {
  private final Session session;
  private final Analyses analyses;

  TypedGate(Session session, Analyses analyses) {
    this.session = session;
    this.analyses = analyses;
  }

  /** The text that was agreed to. Fails with exit 3 where none was. */
  String agreed(Analysis analysis, Place place) {
    if (session.settings().yes()) {
      Analysis answered = analyses.previewer().answered(analysis);
      session.output().findings(answered, place);
      if (answered.hasErrors()) {
        throw refused(answered, "a finding is an error, which --yes doesn't cover");
      }
      return answered.sql();
    }
    StatementPreview preview = analyses.previewer().preview(analysis);
    session.output().asking(preview, place);
    return preview.analysis().rewrite().isPresent() ? askWhich(preview) : askWhether(preview);
  }

  private String askWhich(StatementPreview preview) {
    Analysis analysis = preview.analysis();
    Rewrite rewrite = analysis.rewrite().orElseThrow();
    String question =
        "Run it [k]ey-safe%s, as [w]ritten%s, or not at all? [k/w/N] "
            .formatted(
                rows(preview, TargetScope::rowsKeySafe), rows(preview, TargetScope::rowsAsWritten));
    String answer = ask(analysis, question);
    if (answer.matches("k|key|key-safe")) {
      return rewrite.sql();
    }
    if (answer.matches("w|written|as written")) {
      return confirmed(analysis);
    }
    throw cancelled();
  }

  private String askWhether(StatementPreview preview) {
    Analysis analysis = preview.analysis();
    if (analysis.hasErrors()) {
      return confirmed(analysis);
    }
    String answer =
        ask(analysis, "Run it%s? [y/N] ".formatted(rows(preview, TargetScope::rowsAsWritten)));
    if (answer.matches("y|yes")) {
      return analysis.sql();
    }
    throw cancelled();
  }

  /** What a finding calls an error runs only for someone who types more than one letter. */
  private String confirmed(Analysis analysis) {
    if (analysis.hasErrors()) {
      String word =
          analysis.effects().stream()
              .map(Effect::table)
              .flatMap(Optional::stream)
              .findFirst()
              .orElse("run it");
      String answer = ask(analysis, "Type %s to run it as written all the same: ".formatted(word));
      if (!answer.equals(word.toLowerCase(Locale.ROOT))) {
        throw cancelled();
      }
    }
    return analysis.sql();
  }

  private String ask(Analysis analysis, String question) {
    String where =
        session.database().live() ? "LIVE: this is " + session.database().name() + ". " : "";
    Optional<String> answer = session.console().ask(where + question);
    if (answer.isEmpty()) {
      throw refused(analysis, "it changes more than it spells out, and nobody can be asked");
    }
    return answer.get().strip().toLowerCase(Locale.ROOT);
  }

  private static String rows(
      StatementPreview preview, java.util.function.Function<TargetScope, Optional<Long>> count) {
    List<TargetScope> scopes = preview.scopes();
    return scopes.size() == 1
        ? count.apply(scopes.get(0)).map(rows -> " (" + Counted.rows(rows) + ")").orElse("")
        : "";
  }

  private CairnException refused(Analysis analysis, String why) {
    String first =
        StatementShape.firstWord(analysis.text(), session.flavour()).toUpperCase(Locale.ROOT);
    String what = first.isEmpty() ? "statement" : first;
    return CairnException.refused("not-approved", "this " + what + " was not run: " + why)
        .hint(next(analysis));
  }

  private String next(Analysis analysis) {
    if (analysis.rewrite().isPresent()) {
      return "`plan` with the same statement plans its key-safe text; `preview` shows both";
    }
    return analysis.hasErrors()
        ? "mend what the findings name; `preview` shows what a statement would do"
        : "pass --yes to run it without being asked; `preview` shows what it would do";
  }

  private static CairnException cancelled() {
    return CairnException.refused("not-approved", "not run; nothing was written");
  }
}
