package dev.cairn.command;

import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.plan.Measured;
import dev.cairn.verify.SpotChecker;
import dev.cairn.verify.Verification;
import dev.cairn.verify.Verification.Mismatch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code spotcheck NAME [N] [seed S]}. */
final class SpotCheckCommand implements Command {
  private static final Pattern FORM =
      Pattern.compile("(?i)(\\S+)(?:\\s+([0-9]{1,6}))?(?:\\s+seed\\s+(-?[0-9]{1,18}))?");
  private static final int USUAL = 10;

  @Override
  public String name() {
    return "spotcheck";
  }

  @Override
  public String usage() {
    return "spotcheck NAME [N] [seed S]";
  }

  @Override
  public String summary() {
    return "shows N random source rows beside what the target has of them";
  }

  @Override
  public List<String> details() {
    return List.of("The seed is printed; the same seed shows the same rows.");
  }

  @Override
  public Expected expected(List<String> before) {
    return switch (before.size()) {
      case 0 -> Expected.names(Names.PLANS);
      case 1, 2 -> Expected.words("seed");
      default -> Expected.NOTHING;
    };
  }

  @Override
  public void run(Session session, String rest) {
    Matcher form = FORM.matcher(rest);
    if (!form.matches()) {
      throw CairnException.usage("spotcheck what?").hint(usage());
    }
    int rows = form.group(2) == null ? USUAL : Integer.parseInt(form.group(2));
    long seed =
        form.group(3) == null
            ? new SplittableRandom().nextLong(1_000_000)
            : Long.parseLong(form.group(3));
    Measured measured = Verifiable.find(session, form.group(1));
    if (measured.plan().isChange()) {
      throw CairnException.usage("a change has no source rows to sample")
          .hint("`verify` compares every row that the run changed");
    }
    session.output().notice("seed " + seed);
    Verification verification =
        VerifyCommand.compared(
            session, there -> new SpotChecker(there).check(measured, rows, seed));
    session.output().verification(measured.plan().name(), verification);
    if (verification instanceof Mismatch) {
      throw CairnException.of(ExitCode.MISMATCH, "mismatch", "a sampled row is missing or differs")
          .hint("`verify " + measured.plan().name() + "` compares everything");
    }
  }
}
