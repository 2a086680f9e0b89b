package dev.cairn.analysis.rebuild;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds tables that a script makes anew, as SQLite needs it for most changes of a schema: create,
 * copy, drop, rename, in either order. Says what such a rebuild may lose.
 */
public final class RebuildCheck {
  /** The check's name in the contract. */
  public static final String NAME = "rebuild-loss";

  /** What the rebuild as a whole answers for, so that its DROP TABLE alone needn't. */
  private static final Set<String> OF_DROP = Set.of("missing-where", "cascade");

  private RebuildCheck() {}

  /**
   * Returns the rebuilds among a script's statements.
   *
   * @param file the file's name in places, empty for typed text
   * @param statements in their order
   * @param start the schema before the first of them
   */
  public static List<Rebuild> find(
      String file, List<Analysis> statements, Catalog start, Flavour flavour) {
    boolean drops = statements.stream().anyMatch(each -> each.statement() instanceof Ddl.Drop);
    if (!drops) {
      return List.of();
    }
    Script script = new Script(statements, start, flavour);
    List<Rebuild> rebuilds = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      if (script.statement(i) instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
        for (List<Name> path : drop.paths()) {
          parts(script, i, Script.last(path))
              .ifPresent(parts -> rebuilds.add(new Losses(script, parts, file).rebuild()));
        }
      }
    }
    return rebuilds;
  }

  /**
   * Returns the analyses with what is known of them together: a rebuild's DROP TABLE no longer
   * stands for itself, and what the rebuild may lose is told at its place.
   */
  public static List<Analysis> judged(
      String file, List<Analysis> statements, Catalog start, Flavour flavour) {
    List<Analysis> judged = new ArrayList<>(statements);
    for (Rebuild rebuild : find(file, statements, start, flavour)) {
      Analysis drop = judged.get(rebuild.drop());
      judged.set(
          rebuild.drop(),
          drop.with(
              drop.findings().stream().filter(each -> !OF_DROP.contains(each.check())).toList()));
      for (int i = 0; i < rebuild.losses().size(); i++) {
        int at = rebuild.at().get(i);
        List<Finding> findings = new ArrayList<>(judged.get(at).findings());
        findings.add(rebuild.losses().get(i));
        judged.set(at, judged.get(at).with(findings));
      }
    }
    return judged;
  }

  private static Optional<Parts> parts(Script script, int drop, Name dropped) {
    Optional<Table> old = table(script.before(drop), dropped.text());
    if (old.isEmpty()) {
      return Optional.empty();
    }
    return newRenamed(script, drop, dropped.text(), old.get())
        .or(() -> oldRenamed(script, drop, dropped.text()));
  }

  /** CREATE new, copy, DROP old, RENAME new TO old. */
  private static Optional<Parts> newRenamed(Script script, int drop, String name, Table old) {
    for (int i = drop + 1; i < script.size(); i++) {
      if (script.statement(i) instanceof Ddl.AlterTable alter
          && Script.renamed(alter).filter(to -> to.is(name)).isPresent()) {
        String made = Script.last(alter.path()).text();
        int created = script.creating(made, 0, i);
        return table(script.end(), name)
            .filter(table -> created >= 0)
            .map(table -> new Parts(old.name(), old.name(), made, created, drop, old, table));
      }
    }
    return Optional.empty();
  }

  /** RENAME t TO old, CREATE t, copy, DROP old. */
  private static Optional<Parts> oldRenamed(Script script, int drop, String oldName) {
    for (int i = 0; i < drop; i++) {
      if (script.statement(i) instanceof Ddl.AlterTable alter
          && Script.renamed(alter).filter(to -> to.is(oldName)).isPresent()) {
        String name = Script.last(alter.path()).text();
        int created = script.creating(name, i + 1, drop);
        Optional<Table> old = table(script.before(i), name);
        Optional<Table> made = table(script.end(), name);
        return created >= 0 && old.isPresent() && made.isPresent()
            ? Optional.of(new Parts(name, oldName, name, created, drop, old.get(), made.get()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Table> table(Catalog catalog, String name) {
    return catalog.table(name).filter(each -> !each.view());
  }
}
