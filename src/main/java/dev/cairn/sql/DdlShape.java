package dev.cairn.sql;

import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Ddl.CreateView;
import dev.cairn.sql.tree.Query;
import java.util.Optional;

/** CREATE and ALTER: whether one only adds. */
final class DdlShape {

  private DdlShape() {}

  static StatementKind of(TokenCursor cursor) {
    if (cursor.atEnd() || WritingFunctions.areCalled(cursor)) {
      return StatementKind.OPAQUE;
    }
    String text = cursor.text().substring(cursor.token(cursor.position()).start());
    Optional<Ddl> ddl = DdlParser.outline(text, cursor.flavour());
    if (ddl.isEmpty() || !onlyReads(ddl.get(), text, cursor.flavour())) {
      return StatementKind.OPAQUE;
    }
    return ddl.get().additive() ? StatementKind.ADDITIVE_DDL : StatementKind.DDL;
  }

  /** A table or view is only added where its query only reads. */
  private static boolean onlyReads(Ddl ddl, String text, Flavour flavour) {
    Optional<Query> query = Optional.empty();
    if (ddl instanceof CreateTable table) {
      query = table.as();
    } else if (ddl instanceof CreateView view) {
      query = Optional.of(view.query());
    }
    return query
        .map(found -> new TokenCursor(found.span().in(text), flavour))
        .map(found -> ReadShape.of(found) == StatementKind.READ)
        .orElse(true);
  }
}
