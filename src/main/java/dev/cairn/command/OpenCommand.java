package dev.cairn.command;

import dev.cairn.command.Expected.Names;
import dev.cairn.error.CairnException;
import java.util.List;

/** {@code open DATABASE}. */
final class OpenCommand implements Command {
  @Override
  public String name() {
    return "open";
  }

  @Override
  public String usage() {
    return "open DATABASE";
  }

  @Override
  public String summary() {
    return "opens another database in place of this one";
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.names(Names.FILES);
  }

  @Override
  public void run(Session session, String rest) {
    if (rest.isEmpty()) {
      throw CairnException.usage("open what?").hint(usage());
    }
    session.open(rest);
    session.output().notice("opened " + session.database().name());
  }
}
