package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The proof, in the statement's own transaction, that the journal has every row which a REPLACE
 * took away, and none that it didn't: the table has as many rows more than before as were put in
 * and not taken away, and a row noted as gone is gone, or was put in again behind that. Where it
 * doesn't hold, as under a conflict in an index over an expression, the checkpoint's CHECK takes
 * all of it back.
 */
public final class ReplacedRows {
  private final TouchedTable target;
  private final Dialect dialect;

  ReplacedRows(TouchedTable target, Dialect dialect) {
    this.target = target;
    this.dialect = dialect;
  }

  /** Whether it was this proof that took a statement back, of which the engine says only this. */
  public static boolean refused(String message) {
    return message.contains("constraint failed: counted")
        || message.contains("constraint failed: conservation");
  }

  /** Before the statement. */
  SqlFragment count(BatchPlace place) {
    return CheckpointRow.set(place, SqlFragment.of("found = " + rows()));
  }

  /** Behind it, once its tally is written. */
  SqlFragment prove(BatchPlace place) {
    String all = "found + %s - %s = %s".formatted(noted("inserted"), noted("deleted"), rows());
    return CheckpointRow.set(
        place,
        SqlFragment.of(
            "identical = CASE WHEN "
                + all
                + " AND NOT EXISTS ("
                + stillThere()
                + ") THEN 0 ELSE -1 END"));
  }

  private String stillThere() {
    List<String> here = new ArrayList<>();
    List<String> again = new ArrayList<>();
    boolean numbered = target.key().isEmpty();
    for (String name : numbered ? List.of(target.rowNumber()) : target.key()) {
      String was = "d." + dialect.quote(numbered ? UndoTables.ROW_NUMBER : name);
      here.add(dialect.sameKey("t." + dialect.quote(name), was));
      again.add("e." + dialect.quote(UndoTables.written(numbered ? "rowid" : name)) + " IS " + was);
    }
    return "SELECT 1 FROM %1$s AS d WHERE d.rowid > id_floor AND d.cairn_kind = 'deleted'"
            .formatted(undo())
        + " AND EXISTS (SELECT 1 FROM %s AS t WHERE %s)"
            .formatted(dialect.quote(target.table().name()), String.join(" AND ", here))
        + " AND NOT EXISTS (SELECT 1 FROM %s AS e WHERE e.rowid > d.rowid AND %s)"
            .formatted(undo(), String.join(" AND ", again));
  }

  private String noted(String kind) {
    return "(SELECT count(*) FROM %s AS s WHERE s.rowid > id_floor AND s.cairn_kind = '%s')"
        .formatted(undo(), kind);
  }

  private String rows() {
    return "(SELECT count(*) FROM " + dialect.quote(target.table().name()) + ")";
  }

  private String undo() {
    return dialect.quote(UndoTables.name(target.table()));
  }
}
