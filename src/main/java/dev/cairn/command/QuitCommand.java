package dev.cairn.command;

/** {@code quit}, also as {@code exit}. */
record QuitCommand(String name) implements Command {

  @Override
  public String usage() {
    return name;
  }

  @Override
  public String summary() {
    return "ends the session";
  }

  @Override
  public void run(Session session, String rest) {
    session.quit();
  }
}
