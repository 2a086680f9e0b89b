package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Changes;
import dev.cairn.sql.SqlParser;
import java.util.Optional;

/**
 * Whether what a typed statement changes can be journalled.
 *
 * @param change the change with all that it may write, where it can
 * @param reason why not, where it can't
 */
record Journalling(Optional<ChangeRows> change, Optional<String> reason) {

  static Journalling of(Session session, Analyses analyses, String statement) {
    try {
      ChangeRows change =
          Changes.typed(
              statement,
              SqlParser.parse(statement, session.flavour()),
              analyses.catalog(),
              session.database().dialect());
      return new Journalling(Optional.of(change), Optional.empty());
    } catch (CairnException unseen) {
      return new Journalling(Optional.empty(), Optional.of(unseen.getMessage()));
    }
  }
}
