package dev.cairn.statements;

import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Setting;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import java.util.List;
import java.util.Locale;

/** How far a statement is understood. */
enum Understanding {
  /** There is a tree of it all. */
  PARSED,
  /** It is known what it is, by its words. */
  CLASSIFIED,
  OPAQUE;

  /** Returns how far the tree goes; what is opaque inside makes the whole opaque. */
  static Understanding of(Statement tree) {
    if (isOpaque(tree)) {
      return OPAQUE;
    }
    Statement inner = tree instanceof Explain explain ? explain.statement() : tree;
    boolean words =
        inner instanceof Ddl.Other
            || inner instanceof TransactionControl
            || inner instanceof Setting;
    return words ? CLASSIFIED : PARSED;
  }

  private static boolean isOpaque(Statement tree) {
    List<Opaque> opaque = TreeNodes.of(Opaque.class, tree);
    // The function that a trigger calls is none of its text.
    boolean calledByTrigger =
        tree instanceof Ddl.CreateTrigger
            && opaque.stream()
                .allMatch(o -> o.text().toUpperCase(Locale.ROOT).startsWith("EXECUTE"));
    return !opaque.isEmpty() && !calledByTrigger;
  }
}
