package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.plan.MigrationSpec;
import dev.cairn.plan.PlanFile;
import java.util.ArrayList;
import java.util.List;

/** {@code plans}. */
final class PlansCommand implements Command {
  @Override
  public String name() {
    return "plans";
  }

  @Override
  public String usage() {
    return "plans";
  }

  @Override
  public String summary() {
    return "lists the plans that can be made";
  }

  @Override
  public void run(Session session, String rest) {
    List<List<Object>> rows = new ArrayList<>();
    for (String name : session.planFiles().names()) {
      rows.add(row(session, name));
    }
    session.output().rows(List.of("plan", "source", "target", "on_conflict", "description"), rows);
  }

  private static List<Object> row(Session session, String name) {
    try {
      PlanFile file = session.planFiles().read(name);
      if (file.migration().isEmpty()) {
        return List.of(name, "", "", "", file.description());
      }
      MigrationSpec migration = file.migration().get();
      return List.of(
          name,
          migration.source().table().sql(),
          migration.target().sql(),
          migration.onConflict().word(),
          file.description());
    } catch (CairnException wrong) {
      return List.of(name, "", "", "", "can't be read: " + wrong.getMessage());
    }
  }
}
