package dev.cairn.command;

import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Measured;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.Token;
import dev.cairn.preview.MeasuredSteps;
import dev.cairn.preview.Measurer.Depth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code plan migrate NAME [where PREDICATE]} and {@code plan SQL}. */
final class PlanCommand implements Command {
  private static final Pattern MIGRATE =
      Pattern.compile("(?i)migrate\\s+(\\S+)(?:\\s+where\\s+(.+))?", Pattern.DOTALL);

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String usage() {
    return "plan migrate NAME [where PREDICATE] | plan restore TABLE from SNAPSHOT ... | plan undo [RUN]"
        + " | plan SQL";
  }

  @Override
  public String summary() {
    return "reads a plan, checks it, counts exactly what it would write, and makes it the current one";
  }

  @Override
  public List<String> details() {
    return List.of(
        "The predicate speaks of source rows: plan migrate points where system_id = 1",
        "Of an UPDATE, DELETE, MERGE or INSERT ... SELECT the key-safe text is planned.",
        "A plan file may hold steps: each is planned against what those before it leave, and measured",
        "now or when its turn comes; scripts run in one transaction with what they require and ensure.",
        "plan restore TABLE from SNAPSHOT [columns (...)] [with deleted] [where ...] puts damaged rows",
        "back as the snapshot has them; `where` says what they look like now, else the journal does.",
        "Rows written since are kept, nothing is deleted. A database's path stands in quotes.",
        "Nothing is written. `apply` runs the current plan; the token proves it unchanged.",
        "Exit 3 where a finding is an error; such a plan prints no token and isn't current.");
  }

  @Override
  public Expected expected(List<String> before) {
    return switch (before.size()) {
      case 0 -> Expected.words("migrate", "restore", "undo", "update", "delete", "insert", "with");
      case 1 -> Expected.names(Names.PLANS);
      case 2 -> Expected.words("where");
      default -> Expected.names(Names.SQL);
    };
  }

  @Override
  public void run(Session session, String rest) {
    run(session, rest, new Place("", rest, 0));
  }

  @Override
  public void run(Session session, String rest, Place place) {
    Matcher migrate = MIGRATE.matcher(rest);
    if (migrate.matches()) {
      Optional<String> where = Optional.ofNullable(migrate.group(2)).map(String::strip);
      PlanFile file = session.planFiles().read(migrate.group(1));
      if (file.hasSteps()) {
        StepsPlanning.refuseWhere(where);
        MeasuredSteps steps =
            new StepsPlanning(session).plan(file, Optional.<Token>empty(), Depth.FULL);
        session.output().plan(steps, session.database().dialect());
        makeCurrent(session, steps.whole());
        return;
      }
      Optional<RestoreSpec> restore = file.restore();
      if (restore.isPresent()) {
        if (where.isPresent()) {
          throw CairnException.usage("a plan that puts rows back takes no further predicate")
              .hint("write it into the plan's own `where`");
        }
        makeCurrent(session, new RestorePlanning(session).plan(restore.get()));
        return;
      }
      Measured measured =
          new PlanMaker(session).fromFile(migrate.group(1), where, Optional.<Token>empty());
      session.output().plan(measured, session.database().dialect());
      makeCurrent(session, measured);
      return;
    }
    String word = rest.isEmpty() ? "" : rest.split("\\s", 2)[0];
    if (word.equalsIgnoreCase("undo")) {
      UndoCommand.plan(session, rest.substring(word.length()).strip());
      return;
    }
    if (word.equalsIgnoreCase("restore")) {
      RestoreSpec wanted =
          RestoreSpec.parse(rest, session.flavour(), offset -> place.span(rest, offset));
      makeCurrent(session, new RestorePlanning(session).plan(wanted));
      return;
    }
    if (word.equalsIgnoreCase("migrate") || rest.isEmpty()) {
      throw CairnException.usage("plan what?").hint(usage() + "; `plans` lists the names");
    }
    makeCurrent(session, new SqlPlanning(session).plan(rest, place));
  }

  static void makeCurrent(Session session, Measured measured) {
    if (measured.refused()) {
      session.plan(null);
      throw CairnException.refused("plan-refused", "the plan has errors; nothing may be applied")
          .hint("mend what the findings name, then plan again");
    }
    session.plan(measured);
  }
}
