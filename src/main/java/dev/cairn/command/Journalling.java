package dev.cairn.command;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.RowStream;
import dev.cairn.error.CairnException;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Changes;
import dev.cairn.plan.Returnable;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Statement;
import java.util.Optional;

/**
 * Whether what a typed statement changes can be journalled.
 *
 * @param change the change with all that it may write, where it can
 * @param reason why not, where it can't
 * @param besides what else it may write that is in no journal
 */
record Journalling(Optional<ChangeRows> change, Optional<String> reason, Optional<String> besides) {

  /** What undo can't take, where there is something: the words behind these. */
  Optional<String> lost() {
    return reason.isPresent()
        ? reason.map(why -> "this back: " + why)
        : besides.map(what -> "back " + what);
  }

  /** Of a statement that was agreed to. */
  static Journalling of(Session session, Analyses analyses, String sql) {
    return of(session, analyses, sql, SqlParser.parse(sql, session.flavour()));
  }

  /**
   * @param statement the tree of the text
   */
  static Journalling of(Session session, Analyses analyses, String sql, Statement statement) {
    Catalog catalog = analyses.catalog();
    ChangeRows change;
    try {
      change = Changes.typed(sql, statement, catalog, session.database().dialect());
    } catch (CairnException unseen) {
      return none(
          unseen.code().equals("not-plannable")
              ? "it writes no table of the database itself"
              : unseen.getMessage());
    }
    // An answer that doesn't come is no reason to go on without a journal: it ends the statement.
    return temporary(session, change)
        .map(Journalling::none)
        .orElseGet(
            () ->
                new Journalling(
                    Optional.of(change), Optional.empty(), besides(session, change, catalog)));
  }

  private static Journalling none(String reason) {
    return new Journalling(Optional.empty(), Optional.of(reason), Optional.empty());
  }

  /** A temporary trigger sees what a trigger writes; what a statement returns doesn't tell. */
  private static Optional<String> besides(Session session, ChangeRows change, Catalog catalog) {
    return session.database().dialect().handsOnWritten()
        ? Returnable.besides(change, catalog)
        : Optional.empty();
  }

  /** A table of this conversation's alone, which may hide another one of its name. */
  private static Optional<String> hiding(Session session, ChangeRows change) {
    try (RowStream rows =
        session
            .statements()
            .run("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()")) {
      while (rows.next()) {
        String table = rows.text(0);
        if (change.touched().stream().anyMatch(each -> each.table().name().equals(table))) {
          return Optional.of(table + " is a temporary table");
        }
      }
    }
    return Optional.empty();
  }

  /** What only this conversation knows is in no catalog. */
  private static Optional<String> temporary(Session session, ChangeRows change) {
    if (session.flavour() == Flavour.POSTGRESQL) {
      return hiding(session, change);
    }
    if (session.flavour() != Flavour.SQLITE || session.series().sees(change)) {
      return Optional.empty();
    }
    try (RowStream rows =
        session
            .statements()
            .run("SELECT type, name, tbl_name FROM temp.sqlite_schema WHERE type <> 'index'")) {
      while (rows.next()) {
        boolean trigger = rows.text(0).equals("trigger");
        String table = rows.text(trigger ? 2 : 1);
        boolean seen = trigger && Catalog.isOwn(rows.text(1));
        if (!seen
            && change.touched().stream()
                .anyMatch(each -> each.table().name().equalsIgnoreCase(table))) {
          return Optional.of(
              trigger
                  ? "the temporary trigger " + rows.text(1) + " may write along with it"
                  : "a temporary table hides the table " + table + " here");
        }
      }
    }
    return Optional.empty();
  }
}
