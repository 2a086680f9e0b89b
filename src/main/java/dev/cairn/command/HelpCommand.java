package dev.cairn.command;

import dev.cairn.analysis.CheckNames;
import dev.cairn.catalog.Catalog;
import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code help [COMMAND or CHECK]}. */
final class HelpCommand implements Command {
  private final Commands commands;

  HelpCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "help [COMMAND or CHECK]";
  }

  @Override
  public String summary() {
    return "lists the commands and the checks, or explains one";
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.first(before, Names.COMMANDS);
  }

  @Override
  public void run(Session session, String rest) {
    if (rest.isEmpty()) {
      List<List<Object>> rows = new ArrayList<>();
      for (Command command : commands.all()) {
        rows.add(List.of(command.usage(), command.summary()));
      }
      session.output().rows(List.of("command", "what it does"), rows);
      session.output().notice("Anything else is SQL and ends with a semicolon.");
      List<List<Object>> checks = new ArrayList<>();
      CheckPage.all().forEach(page -> checks.add(List.of(page.name(), page.summary())));
      session.output().rows(List.of("check", "what it finds"), checks);
      return;
    }
    String name = rest.split("\\s", 2)[0];
    Optional<CheckPage> page = CheckPage.of(name);
    if (page.isPresent()) {
      List<List<Object>> lines = new ArrayList<>();
      page.get().lines().forEach(line -> lines.add(List.of(line)));
      session.output().rows(List.of("help " + page.get().name()), lines);
      return;
    }
    Optional<Command> command = commands.find(name);
    if (command.isEmpty()) {
      CairnException unknown =
          CairnException.usage("there is no command and no check '" + rest + "'");
      List<String> names = new ArrayList<>(commands.names());
      names.addAll(CheckNames.all());
      throw Catalog.nearest(rest, names)
          .map(near -> unknown.hint("did you mean " + near + "?"))
          .orElse(unknown.hint("`help` lists them"));
    }
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of(command.get().usage()));
    rows.add(List.of(command.get().summary()));
    command.get().details().forEach(line -> rows.add(List.of(line)));
    session.output().rows(List.of("help " + command.get().name()), rows);
  }
}
