package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import dev.cairn.report.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** {@code set [NAME VALUE]}. */
final class SetCommand implements Command {
  private static final List<String> NAMES =
      List.of("format", "pace", "batch_rows", "busy_timeout", "lease", "undo", "lanes", "max_lag");
  private static final List<String> FORMATS =
      List.of("table", "vertical", "csv", "json", "markdown");
  private static final List<String> SWITCH = List.of("on", "off");
  private static final List<String> PACES = List.of("auto", "full", "shared");

  @Override
  public String name() {
    return "set";
  }

  @Override
  public String usage() {
    return "set [NAME VALUE]";
  }

  @Override
  public String summary() {
    return "changes a setting for this session; without a name it lists them";
  }

  @Override
  public List<String> details() {
    return List.of(
        "set format table|vertical|csv|json|markdown",
        "set pace auto|full|shared: how considerate batches are of others (auto looks)",
        "set batch_rows N|auto: source rows a batch",
        "set busy_timeout MILLISECONDS: how long another process's lock is waited for",
        "set lease SECONDS: after how long without a sign of life a run may be taken over",
        "set undo on|off: whether typed changes are journalled; with off, no `undo` takes them back",
        "set lanes N: how many lanes of a plan run at a time, on PostgreSQL",
        "set max_lag SECONDS: how far a replica may be behind before batches wait for it, on PostgreSQL");
  }

  @Override
  public Expected expected(List<String> before) {
    return switch (before.size()) {
      case 0 -> new Expected(NAMES, Names.NONE);
      case 1 -> new Expected(choices(before.get(0).toLowerCase(Locale.ROOT)), Names.NONE);
      default -> Expected.NOTHING;
    };
  }

  @Override
  public void run(Session session, String rest) {
    Settings settings = session.settings();
    if (rest.isEmpty()) {
      list(session, settings);
      return;
    }
    String[] words = rest.replaceFirst("\\s*=\\s*", " ").split("\\s+", 2);
    String value = words.length > 1 ? words[1].strip() : "";
    session.settings(
        settings.with(
            changed(session, settings.tuning(), words[0].toLowerCase(Locale.ROOT), value)));
    if (settings.tuning().undo() && !session.settings().tuning().undo()) {
      session
          .output()
          .notice(
              "what is typed from here on is not journalled: `undo`, `verify` and `runs` won't know"
                  + " of it, and rows lost to it come back from a snapshot only (plans are"
                  + " journalled all the same)");
    }
  }

  private static Tuning changed(Session session, Tuning tuning, String name, String value) {
    return switch (name) {
      case "format" -> tuning.withFormat(format(value));
      case "pace" -> tuning.withPace(choice(name, value, PACES));
      case "batch_rows" ->
          tuning.withBatchRows(
              value.equals("auto")
                  ? OptionalLong.empty()
                  : OptionalLong.of(number(name, value, 1, 10_000_000)));
      case "busy_timeout" -> tuning.withBusyTimeout((int) number(name, value, 0, 3_600_000));
      case "lease" -> tuning.withLease(number(name, value, 1, 86_400));
      case "undo" -> tuning.withUndo(choice(name, value, SWITCH).equals("on"));
      case "lanes" -> tuning.withLanes(lanes(session, number(name, value, 1, 64)));
      case "max_lag" ->
          tuning.withMaxLag((int) number(name, value.replaceFirst("s$", ""), 1, 86_400));
      default -> throw unknown(name);
    };
  }

  private static int lanes(Session session, long wanted) {
    if (wanted > 1 && session.hasDatabase() && session.database().dialect().holding().isEmpty()) {
      throw CairnException.refused(
          "one-writer",
          session.database().name()
              + " lets one write at a time: more lanes would only wait for each other"
              + " (on PostgreSQL many write side by side)");
    }
    return (int) wanted;
  }

  private static List<String> choices(String name) {
    return switch (name) {
      case "format" -> FORMATS;
      case "pace" -> PACES;
      case "batch_rows" -> List.of("auto");
      case "undo" -> SWITCH;
      default -> List.of();
    };
  }

  private static CairnException unknown(String name) {
    CairnException unknown = CairnException.usage("there is no setting '" + name + "'");
    return Catalog.nearest(name, NAMES)
        .map(near -> unknown.hint("did you mean " + near + "?"))
        .orElse(unknown.hint("`set` lists them"));
  }

  static Format format(String value) {
    String wanted = choice("format", value, FORMATS);
    return Format.valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  private static String choice(String name, String value, List<String> choices) {
    String wanted = value.toLowerCase(Locale.ROOT);
    if (!choices.contains(wanted)) {
      throw CairnException.usage(
          name + " is one of " + String.join(", ", choices) + ", not '" + value + "'");
    }
    return wanted;
  }

  private static long number(String name, String value, long least, long most) {
    if (!value.matches("[0-9]{1,9}")
        || Long.parseLong(value) < least
        || Long.parseLong(value) > most) {
      throw CairnException.usage(
          "%s takes a whole number from %d to %d, not '%s'".formatted(name, least, most, value));
    }
    return Long.parseLong(value);
  }

  private static void list(Session session, Settings settings) {
    session
        .output()
        .rows(
            List.of("setting", "value"),
            Arrays.asList(
                List.of("format", settings.format().name().toLowerCase(Locale.ROOT)),
                List.of("pace", settings.pace()),
                List.of(
                    "batch_rows",
                    settings.batchRows().isPresent()
                        ? String.valueOf(settings.batchRows().getAsLong())
                        : "auto"),
                List.of("busy_timeout", String.valueOf(settings.busyTimeoutMillis())),
                List.of("lease", String.valueOf(settings.leaseSeconds())),
                List.of("undo", settings.tuning().undo() ? "on" : "off"),
                List.of("lanes", String.valueOf(settings.tuning().lanes())),
                List.of("max_lag", String.valueOf(settings.tuning().maxLagSeconds()))));
  }
}
