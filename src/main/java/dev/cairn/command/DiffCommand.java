package dev.cairn.command;

import dev.cairn.catalog.Table;
import dev.cairn.command.Expected.Names;
import dev.cairn.database.Database;
import dev.cairn.database.KeyedRows;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.plan.Beside;
import dev.cairn.report.DiffReport;
import dev.cairn.report.Format;
import dev.cairn.snapshot.DiffCounts;
import dev.cairn.snapshot.DiffPlan;
import dev.cairn.snapshot.DiffPlanner;
import dev.cairn.snapshot.Snapshot;
import dev.cairn.snapshot.Snapshots;
import dev.cairn.snapshot.TableDiff;
import dev.cairn.sql.ExpressionProblem;
import dev.cairn.sql.SqlExpression;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code diff TABLE [SNAPSHOT] [by COLUMN] [where …]}. */
final class DiffCommand implements Command {
  private static final String THERE = "cairn_there";
  private static final String NAME = "\"(?:[^\"]|\"\")+\"|[^\\s\"']+";
  private static final Pattern FORM =
      Pattern.compile(
          "(?is)(?<table>"
              + NAME
              + ")(?:\\s+(?!(?:by|where)\\s)(?<snapshot>\"[^\"]+\"|'[^']+'|[^\\s\"']+))?"
              + "(?:\\s+by\\s+(?<by>"
              + NAME
              + "))?(?:\\s+where\\s+(?<where>.+))?");

  @Override
  public String name() {
    return "diff";
  }

  @Override
  public String usage() {
    return "diff TABLE [SNAPSHOT] [by COLUMN] [where PREDICATE]";
  }

  @Override
  public String summary() {
    return "shows rows and values that differ from a snapshot";
  }

  @Override
  public List<String> details() {
    return List.of(
        "SNAPSHOT is a name (without one the newest), or in quotes the path or URL of a database.",
        "Rows are paired by the key, every other column is compared by value, null and type."
            + " Columns",
        "that only one side has are named. `by COLUMN` splits the counts by that column's values;",
        "the predicate limits both sides. As a table: counts, and some rows of each kind. With",
        "--format json or csv: all of it, a line for each value that differs (of a row on one side",
        "only: for each value). `expect rows N` counts these lines. Exit 0 whatever differs.");
  }

  @Override
  public Expected expected(List<String> before) {
    return switch (before.size()) {
      case 0 -> Expected.names(Names.TABLES);
      case 1 -> Expected.words("by", "where");
      default -> Expected.NOTHING;
    };
  }

  @Override
  public void run(Session session, String rest) {
    Matcher form = FORM.matcher(rest);
    if (!form.matches()) {
      throw CairnException.usage("diff what?").hint(usage());
    }
    Database here = session.database();
    Optional<String> where = Optional.ofNullable(form.group("where")).map(String::strip);
    where.ifPresent(text -> checkExpression(session, text));
    Snapshot snapshot =
        form.group("snapshot") == null
            ? newest(here)
            : Snapshots.resolve(here, form.group("snapshot"));
    if (session.inTransaction()) {
      session.output().notice("what the open transaction wrote is not seen by diff");
    }
    Optional<ReadView> shared =
        snapshot.isOnServer()
            ? Optional.empty()
            : here.shared(new Beside(THERE, snapshot.file().toString()));
    try (Database there = snapshot.open();
        ReadView viewHere = shared.orElseGet(here::view);
        ReadView viewThere = there.view()) {
      Table table = TableArgument.find(here.catalog(), form.group("table"));
      DiffPlanner.Side one = new DiffPlanner.Side(table, viewHere, here.dialect());
      DiffPlanner.Side other =
          new DiffPlanner.Side(tableThere(there, table, snapshot), viewThere, there.dialect());
      DiffPlan plan = new DiffPlanner(one, other).plan();
      TableDiff diff = new TableDiff(plan, one, other, where, shared.map(view -> THERE));
      int by = place(plan, form.group("by"));
      checkHere(session, diff.here(), where.map(text -> table.name() + " WHERE " + text));
      checkThere(there, diff.there(), snapshot);
      show(session, new Work(plan, diff, by, snapshot.name()));
    }
  }

  /**
   * A comparison that is ready to run.
   *
   * @param other what the other side is called
   */
  private record Work(DiffPlan plan, TableDiff diff, int by, String other) {}

  private static void show(Session session, Work work) {
    DiffReport report = new DiffReport(work.plan(), work.other());
    Output output = session.output();
    Format format = session.settings().format();
    long began = System.nanoTime();
    if (format == Format.JSON || format == Format.CSV) {
      output.rows(
          report.columns(),
          lines -> {
            DiffCounts counts =
                work.diff()
                    .run(
                        work.by(),
                        row -> report.lines(row).forEach(lines::row),
                        () -> session.interrupts().stopRequested() || lines.refused());
            lines.below(report.heading(counts, seconds(began)));
          });
    } else {
      long[] lines = new long[1];
      DiffCounts counts =
          work.diff()
              .run(
                  work.by(),
                  row -> {
                    lines[0] += report.lines(row).size();
                    report.sample(row);
                  },
                  session.interrupts()::stopRequested);
      output.says(report.heading(counts, seconds(began)));
      if (work.by() >= 0) {
        String by = work.plan().here().get(work.by());
        output.rows(DiffReport.groupColumns(by), DiffReport.groups(counts));
      }
      if (!counts.columns().isEmpty()) {
        output.rows(DiffReport.valueColumns(), DiffReport.values(counts));
      }
      if (!report.samples().isEmpty()) {
        output.sample(report.columns(), report.samples());
      }
      session
          .lastResult()
          .rows(lines[0], report.samples().isEmpty() ? null : report.samples().get(0));
    }
    work.plan().notes().forEach(note -> output.notice("note: " + note));
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static Snapshot newest(Database database) {
    List<Snapshot> all =
        Snapshots.of(database).list().stream()
            .filter(each -> each.manifest().filter(found -> found.rehearsal()).isEmpty())
            .toList();
    if (all.isEmpty()) {
      throw CairnException.failed(
              "no-such-snapshot", "there is no snapshot of " + database.name() + " to compare with")
          .hint("`snapshot create` makes one; another database is named by its path in quotes");
    }
    return all.get(all.size() - 1);
  }

  private static Table tableThere(Database there, Table table, Snapshot snapshot) {
    return there
        .catalog()
        .table(table.name())
        .orElseThrow(
            () ->
                CairnException.failed(
                        "no-such-table",
                        "there is no table '" + table.name() + "' in " + snapshot.name())
                    .hint("it may have been made or renamed since"));
  }

  private static void checkThere(Database there, KeyedRows rows, Snapshot snapshot) {
    try {
      there.check(rows.query());
    } catch (CairnException refused) {
      throw refused
          .reworded(refused.code(), "in " + snapshot.name() + ": " + refused.getMessage())
          .hint(
              refused.exit() == ExitCode.FAILED
                  ? "the predicate limits both sides, so both must have its columns"
                  : refused.hint().orElse(null));
    }
  }

  private static void checkHere(Session session, KeyedRows rows, Optional<String> limited) {
    try {
      session.database().check(rows.query());
    } catch (CairnException refused) {
      throw limited.map(text -> new PlacedErrors(session).near(refused, text)).orElse(refused);
    }
  }

  private static void checkExpression(Session session, String where) {
    List<ExpressionProblem> problems = SqlExpression.check(where, session.flavour());
    if (!problems.isEmpty()) {
      throw CairnException.usage("the predicate can't be used: " + problems.get(0).message())
          .hint("one condition on the table's own columns");
    }
  }

  /** The place of the column that splits the counts; -1 for none. */
  private static int place(DiffPlan plan, String typed) {
    if (typed == null) {
      return -1;
    }
    String name = TableArgument.unquoted(typed);
    for (int i = 0; i < plan.here().size(); i++) {
      if (plan.here().get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw CairnException.failed("no-such-column", "both sides of the diff need a column " + name)
        .hint("they have " + String.join(", ", plan.here()));
  }
}
