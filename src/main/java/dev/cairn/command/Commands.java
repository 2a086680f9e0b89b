package dev.cairn.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All commands, in the order in which {@code help} lists them. */
public final class Commands {
  private final List<Command> all;

  Commands(ScriptRunner runner) {
    this.all =
        List.of(
            new PlanCommand(),
            new PreviewCommand(),
            new ApplyCommand(),
            new ResumeCommand(),
            new UndoCommand(),
            new StopCommand(),
            new AbandonCommand(),
            new StatusCommand(),
            new RunsCommand(),
            new PlansCommand(),
            new JournalCommand(),
            new VerifyCommand(),
            new SpotCheckCommand(),
            new SnapshotCommand(),
            new SnapshotsCommand(),
            new DiffCommand(),
            new ExpectCommand(),
            new LintCommand(),
            new TablesCommand(),
            new DescribeCommand(),
            new KeysCommand(),
            new OpenCommand(),
            new ReadCommand(runner),
            new SetCommand(),
            new HelpCommand(this),
            new QuitCommand("quit"),
            new QuitCommand("exit"));
  }

  /** The command of that name, whatever its case. */
  Optional<Command> find(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return all.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  /**
   * What may stand next on the line of a command.
   *
   * @param before the whole words typed behind the command's own
   */
  public Expected expected(String command, List<String> before) {
    return find(command).map(found -> found.expected(before)).orElse(Expected.NOTHING);
  }

  /** All commands. */
  List<Command> all() {
    return all;
  }

  /** The words that lines may begin with. */
  public List<String> names() {
    return all.stream().map(Command::name).toList();
  }
}
