package dev.cairn.command;

import dev.cairn.error.CairnException;
import java.util.Optional;
import java.util.Set;

/**
 * A word of the contract that this version doesn't do yet. Without it the line would be sent to the
 * engine as SQL and come back as a puzzling syntax error.
 */
record LaterCommand(String name) implements Command {
  private static final Set<String> WORDS = Set.of("journal");

  static Optional<Command> find(String name) {
    return WORDS.contains(name) ? Optional.of(new LaterCommand(name)) : Optional.empty();
  }

  @Override
  public String usage() {
    return name;
  }

  @Override
  public String summary() {
    return "not in this version";
  }

  @Override
  public void run(Session session, String rest) {
    throw CairnException.usage("this version of Cairn has no `" + name + "` yet")
        .hint("`help` lists what it has");
  }
}
