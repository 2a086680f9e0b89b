package dev.cairn.command;

import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.preview.TablePicture;
import dev.cairn.report.Counted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code expect unchanged TABLE} compares with: the tables that a script names there, as they
 * were when it began. They are looked at before the script's first line; of a database that it
 * opens, before the first line behind that.
 */
final class UnchangedTables {
  private final Set<String> names;
  private final Map<String, Map<String, TablePicture>> then = new HashMap<>();

  /**
   * @param names as they stand in the script
   */
  UnchangedTables(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Looks at what was not looked at yet, before a line runs. */
  void look(Session session) {
    if (names.isEmpty() || !session.hasDatabase()) {
      return;
    }
    String identity = session.database().identity();
    if (then.containsKey(identity)) {
      return;
    }
    Map<String, TablePicture> pictures = new HashMap<>();
    for (String name : names) {
      find(session, name).ifPresent(table -> pictures.put(key(table), picture(session, table)));
    }
    then.put(identity, pictures);
  }

  /** Fails with exit 5 unless the table is as it was when the script began. */
  void judge(Session session, String name) {
    Map<String, TablePicture> pictures = then.get(session.database().identity());
    if (pictures == null) {
      throw CairnException.usage("`expect unchanged` belongs in a script")
          .hint("it speaks of the time since the script began: -f FILE, `read FILE`, or -c lines");
    }
    Table table = TableArgument.find(session.statements().catalog(), name);
    TablePicture before = pictures.get(key(table));
    if (before == null) {
      throw failed(table.name() + " was not there when the script began");
    }
    TablePicture now = picture(session, table);
    if (!now.columns().equals(before.columns())) {
      throw failed(
          "%s changed since the script began: its columns were %s, and are %s"
              .formatted(
                  table.name(),
                  String.join(", ", before.columns()),
                  String.join(", ", now.columns())));
    }
    if (now.rows() != before.rows()) {
      throw failed(
          "%s changed since the script began: %s then, %,d now"
              .formatted(table.name(), Counted.rows(before.rows()), now.rows()));
    }
    if (!now.equals(before)) {
      throw failed(
              "%s changed since the script began: %s then and now, but not the same values"
                  .formatted(table.name(), Counted.rows(now.rows())))
          .hint("`snapshot create` at the beginning, and `diff` here, tell which");
    }
  }

  /** The tables of a script's {@code expect unchanged} lines. */
  static UnchangedTables named(List<String> expectations) {
    Set<String> names = new HashSet<>();
    for (String rest : expectations) {
      ExpectCommand.unchangedTable(rest).ifPresent(names::add);
    }
    return new UnchangedTables(names);
  }

  private static TablePicture picture(Session session, Table table) {
    try (ReadView view =
        session.inTransaction() ? session.statements().view() : session.database().view()) {
      return TablePicture.of(view, session.database().dialect(), table);
    }
  }

  private static Optional<Table> find(Session session, String name) {
    return session.statements().catalog().table(TableArgument.unquoted(name));
  }

  private static String key(Table table) {
    return table.name().toLowerCase(Locale.ROOT);
  }

  private static CairnException failed(String message) {
    return CairnException.of(ExitCode.MISMATCH, "expectation", message);
  }
}
