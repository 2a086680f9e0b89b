package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is journalled of statements that follow one another in one transaction and each write rows
 * of one table, which nothing else writes along with them: one run for all of them. A trigger made
 * for the first sees the rows of those that come after it, so that these cost nothing of their own.
 */
public final class SeriesJournal {
  private final BatchPlace place;
  private final Dialect dialect;
  private final long nowMillis;
  private final Map<String, Watched> tables = new LinkedHashMap<>();

  /**
   * A table whose rows are seen.
   *
   * @param floor the highest number in its undo table before
   * @param events what is seen of its rows
   */
  private record Watched(TouchedTable touched, long floor, List<String> events) {}

  private SeriesJournal(BatchPlace place, Dialect dialect, long nowMillis) {
    this.place = place;
    this.dialect = dialect;
    this.nowMillis = nowMillis;
  }

  /** The statements that store the run. */
  public static List<SqlFragment> begin(
      ReadView view,
      Catalog catalog,
      ChangeRows first,
      Dialect dialect,
      ProcessIdentity self,
      long nowMillis) {
    return TypedJournal.store(view, catalog, first, dialect, self, nowMillis);
  }

  /** The series of the run that was stored last, in this transaction. */
  public static SeriesJournal begun(ReadView view, Dialect dialect, long nowMillis) {
    return new SeriesJournal(TypedJournal.newest(view), dialect, nowMillis);
  }

  /** The run's number. */
  public long run() {
    return place.run();
  }

  /** The checkpoint, once and before anything else is written. */
  public List<SqlFragment> fence() {
    return List.of(CheckpointRow.fence(place, nowMillis, SqlFragment.of(""), "0", dialect));
  }

  /** Whether what the change writes is seen already. */
  public boolean sees(ChangeRows change) {
    Watched watched = tables.get(change.target().table().name());
    return watched != null && watched.events().contains(event(change.kind()));
  }

  /**
   * Whether a change fits in: what is kept of a table's rows is the same in all of a run, so one
   * that wants more of them than the run began with needs a run of its own.
   */
  public boolean takes(ChangeRows change) {
    Watched watched = tables.get(change.target().table().name());
    if (watched == null) {
      return true;
    }
    TouchedTable kept = watched.touched();
    TouchedTable wanted = change.target();
    return kept.key().equals(wanted.key())
        && kept.before().containsAll(wanted.before())
        && kept.after().containsAll(wanted.after());
  }

  /** The statements that make what the change writes seen. */
  public List<SqlFragment> watch(ReadView view, Catalog catalog, ChangeRows change) {
    List<SqlFragment> statements = new ArrayList<>();
    String name = change.target().table().name();
    Watched watched = tables.get(name);
    if (watched == null) {
      TouchedTable touched = change.target();
      boolean there = catalog.table(UndoTables.name(touched.table())).isPresent();
      long floor = there ? view.number(SqlFragment.of(floor(touched))) : 0;
      watched = new Watched(touched, floor, new ArrayList<>());
      tables.put(name, watched);
      statements.addAll(
          UndoTables.create(catalog, touched.table(), UndoTables.columns(touched), dialect));
      statements.add(JournalTables.note(touched, dialect));
    }
    String event = event(change.kind());
    watched.events().add(event);
    statements.add(SqlFragment.of(triggers().create(number(name), event)));
    return statements;
  }

  /** What {@link #watch} gave was not to be: the change isn't seen. */
  public void unwatch(ChangeRows change) {
    String name = change.target().table().name();
    Watched watched = tables.get(name);
    if (watched != null) {
      watched.events().remove(event(change.kind()));
      if (watched.events().isEmpty()) {
        tables.remove(name);
      }
    }
  }

  /**
   * The end of the run, in the same transaction. The rows are counted in the journal, and the
   * database refuses the count where it isn't what the engine said of the statements.
   *
   * @param written rows that the engine says were written
   * @param more statements behind the first
   */
  public List<SqlFragment> seal(long written, long more, double seconds) {
    List<SqlFragment> statements = unwatch();
    statements.add(
        CheckpointRow.set(
            place,
            SqlFragment.of(
                "written = ?, source_rows = ?, expected = ?, inserted = "
                    + logged("inserted")
                    + ", updated = "
                    + logged("updated")
                    + ", deleted = "
                    + logged("deleted")
                    + ", identical = 0, kept = 0, replaced = 0, rejected = 0",
                written,
                written,
                written)));
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_lane SET source_rows = ?, expected_rows = ? WHERE run = ?",
            written,
            written,
            place.run()));
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_run SET status = 'SUCCEEDED', seconds = ?, plan_text = plan_text || ?"
                + " WHERE run = ? AND status = 'RUNNING'",
            seconds,
            more == 0 ? "" : "; -- and %,d more in its transaction".formatted(more),
            place.run()));
    // Whatever took the run away in between took its rows' journal with it.
    statements.add(
        SqlFragment.of(
            "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, at_ms)"
                + " SELECT NULL, 0, 0, 0, 0 WHERE changes() <> 1"));
    return statements;
  }

  /** Takes away a run that wrote no row. */
  public List<SqlFragment> drop() {
    List<SqlFragment> statements = unwatch();
    for (String table : List.of("cairn_checkpoint", "cairn_lane", "cairn_touched", "cairn_run")) {
      statements.add(SqlFragment.of("DELETE FROM " + table + " WHERE run = ?", place.run()));
    }
    return statements;
  }

  private List<SqlFragment> unwatch() {
    List<SqlFragment> statements = new ArrayList<>();
    tables.forEach(
        (name, watched) ->
            watched
                .events()
                .forEach(
                    event ->
                        statements.add(SqlFragment.of(CaptureTriggers.drop(number(name), event)))));
    return statements;
  }

  private int number(String table) {
    return List.copyOf(tables.keySet()).indexOf(table);
  }

  private CaptureTriggers triggers() {
    return new CaptureTriggers(
        tables.values().stream().map(Watched::touched).toList(), place, dialect);
  }

  private String logged(String kind) {
    List<String> counts = new ArrayList<>();
    for (Watched each : tables.values()) {
      counts.add(
          "(SELECT count(*) FROM %s AS s WHERE s.rowid > %d AND s.cairn_kind = '%s')"
              .formatted(
                  dialect.quote(UndoTables.name(each.touched().table())), each.floor(), kind));
    }
    return String.join(" + ", counts);
  }

  private String floor(TouchedTable touched) {
    return "SELECT coalesce(max(rowid), 0) FROM " + dialect.quote(UndoTables.name(touched.table()));
  }

  private static String event(ChangeKind kind) {
    return kind.word().toUpperCase(Locale.ROOT);
  }
}
