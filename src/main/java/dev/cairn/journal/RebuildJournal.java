package dev.cairn.journal;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.RebuildTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements that make a table anew, as SQLite's documentation has them, in one transaction:
 * fence, pre-images, drop, create, copy, compare, indexes, triggers, views, compare again. Each
 * comparison is an UPDATE of the checkpoint row that its CHECK refuses, so a rebuild that lost
 * anything can't commit.
 *
 * <p>The new rows are written down beside the old ones first. Then the old table is dropped, the
 * new one made under the same name, and filled from what was written down. Nothing is renamed: so
 * the new table's text is the one that was asked for, to the letter, what speaks of the table goes
 * on to speak of it, and an engine that renames no table by itself (libSQL) does all of it too.
 */
public final class RebuildJournal {
  private static final String OURS =
      "(name LIKE 'cairn\\_%' ESCAPE '\\' OR tbl_name LIKE 'cairn\\_%' ESCAPE '\\'"
          + " OR 'migration_progress' IN (lower(name), lower(tbl_name))"
          + " OR name LIKE 'sqlite\\_%' ESCAPE '\\')";

  private final RebuildTable step;
  private final Dialect dialect;
  private final BatchPlace place;
  private final Set<String> sound;
  private final List<Part> parts = new ArrayList<>();

  /**
   * One statement.
   *
   * @param purpose what was wrong where it fails, as a sentence's beginning
   */
  public record Part(SqlFragment sql, String purpose) {}

  /**
   * @param step the rebuild
   * @param place its one batch
   * @param sound the tables that {@link #sound} found
   */
  public RebuildJournal(
      RebuildTable step, Dialect dialect, BatchPlace place, Collection<String> sound) {
    this.sound = Set.copyOf(sound);
    this.step = step;
    this.dialect = dialect;
    this.place = place;
  }

  /**
   * Of the tables that refer to this one, and of this one (the empty name), those without a
   * reference that leads nowhere. It need not be counted again while a writer waits: none before is
   * the strictest that can be asked of after.
   */
  public static List<String> sound(ReadView view, RebuildTable step, Dialect dialect) {
    BatchPlace none = new BatchPlace(0, 0, 0, 0, Optional.empty(), END);
    RebuildJournal journal = new RebuildJournal(step, dialect, none, List.of());
    List<String> tables = new ArrayList<>(step.swap().children());
    tables.add("");
    return tables.stream().filter(table -> view.number(journal.violations(table)) == 0).toList();
  }

  /** The checkpoint's watermark: there is one batch. */
  public static final Object END = 1L;

  /** The whole transaction, fence first. Its last statement reads the tally. */
  public List<Part> parts(long nowMillis) {
    add(
        CheckpointRow.fence(
            place,
            nowMillis,
            schemaIs(step.swap().all(), List.of()),
            "(SELECT coalesce(max(rowid), 0) FROM " + undo() + ")",
            dialect),
        "the schema is no longer the one that was planned");
    before();
    copy();
    compare();
    swap();
    check();
    end(nowMillis);
    return List.copyOf(parts);
  }

  private void before() {
    RebuildTables.note(place.run(), step).forEach(sql -> add(sql, "the journal refused"));
    for (String child : step.swap().children()) {
      add(
          RebuildTables.count(place.run(), "rows", child, rows(child)),
          "counting rows of " + child);
      add(noteViolations(child), "checking the references of " + child);
    }
    add(noteViolations(""), "checking the references of " + step.old().name());
    if (step.swap().wasNumbered()) {
      add(RebuildTables.count(place.run(), "sequence", "", sequence()), "reading the sequence");
    }
    add(preImages(), "the rows could not be written down");
    add(CheckpointRow.set(place, SqlFragment.of("wanted = changes()")), "the tally");
  }

  private SqlFragment noteViolations(String child) {
    SqlFragment number = sound.contains(child) ? SqlFragment.of("SELECT 0") : violations(child);
    return RebuildTables.count(place.run(), "violations", child, number);
  }

  /** Every old row whole, and beside it what is written for it. */
  private SqlFragment preImages() {
    Table old = step.old();
    List<String> before = step.kept().before();
    List<String> into = new ArrayList<>(before);
    List<String> from = new ArrayList<>();
    before.forEach(column -> from.add("o." + dialect.quote(column)));
    for (String column : step.values()) {
      into.add(UndoTables.written(column));
      from.add("q." + dialect.quote(column));
    }
    return SqlFragment.of(
            "INSERT INTO "
                + undo()
                + " (cairn_run, cairn_lane, cairn_batch, cairn_kind, "
                + quoted(into)
                + ") SELECT ?, ?, ?, 'updated', "
                + String.join(", ", from)
                + " FROM (",
            place.run(),
            (long) place.lane(),
            place.batch())
        .then(step.newRows(dialect))
        .then(") AS q JOIN " + dialect.quote(old.name()) + " AS o ON " + sameKey("o", "q"));
  }

  private void copy() {
    Table old = step.old();
    String name = dialect.quote(old.name());
    for (SchemaObject object : step.swap().before()) {
      if (object.type().equals("view")
          || (object.type().equals("trigger") && !object.isOf(old.name()))) {
        add(
            SqlFragment.of("DROP " + object.type() + " " + dialect.quote(object.name())),
            object.type() + " " + object.name() + " could not be put aside");
      }
    }
    add(
        CheckpointRow.set(
            place, SqlFragment.of("source_rows = (SELECT count(*) FROM " + name + ")")),
        "the tally");
    add(SqlFragment.of("DROP TABLE " + name), "the old table could not be dropped");
    add(SqlFragment.of(step.swap().create()), "the new table could not be made");
    add(
        SqlFragment.of(
                "INSERT INTO "
                    + name
                    + " ("
                    + quoted(step.columns())
                    + ") SELECT "
                    + step.columns().stream().map(this::noted).collect(Collectors.joining(", ")))
            .then(notedRows())
            .then(" ORDER BY " + quoted(step.key())),
        "a row doesn't fit the new table");
    add(CheckpointRow.set(place, SqlFragment.of("written = changes()")), "the tally");
  }

  /** Where the new value of a column was written down; a key has none but its own. */
  private String noted(String column) {
    boolean names = step.key().stream().anyMatch(column::equalsIgnoreCase);
    return "q." + dialect.quote(names ? column : UndoTables.written(column));
  }

  private SqlFragment notedRows() {
    return SqlFragment.of(" FROM " + undo() + " AS q WHERE q.rowid > ")
        .then(CheckpointRow.scalar(place, "id_floor"));
  }

  /** Rows of the new table that are what the query says, by key, value, null and type. */
  private void compare() {
    String identical =
        step.values().stream()
            .map(
                name -> {
                  Column column = step.made().column(name).orElseThrow();
                  String quoted = dialect.quote(name);
                  return " AND ("
                      + dialect.identical(column, step.made(), "t." + quoted, noted(name))
                      + ")";
                })
            .collect(Collectors.joining());
    add(
        CheckpointRow.set(
            place,
            SqlFragment.of("found = (SELECT count(*) FROM (SELECT * ")
                .then(notedRows())
                .then(") AS q JOIN " + dialect.quote(step.old().name()) + " AS t ON ")
                .then(sameKey("t", "q") + identical + ")")),
        "comparing the rows");
    String held = "(SELECT count(*) FROM " + dialect.quote(step.old().name()) + ")";
    add(
        CheckpointRow.set(
            place,
            SqlFragment.of(
                "expected = source_rows, inserted = 0, updated = found, deleted = 0, kept = 0,"
                    + " replaced = 0, rejected = 0, logged = wanted,"
                    + " identical = CASE WHEN written = found AND "
                    + held
                    + " = found THEN 0 ELSE -1 END")),
        "the new table hasn't the same rows");
  }

  private void swap() {
    for (SchemaObject object : step.swap().after()) {
      add(
          SqlFragment.of(object.sql()),
          object.type() + " " + object.name() + " can't be made on the new table");
    }
    if (step.swap().numbered() && step.swap().wasNumbered()) {
      String name = step.old().name();
      add(SqlFragment.of("DELETE FROM sqlite_sequence WHERE name = ?", name), "the sequence");
      add(
          SqlFragment.of(
              "INSERT INTO sqlite_sequence (name, seq) SELECT ?, value FROM cairn_rebuild"
                  + " WHERE run = ? AND item = 'sequence' AND value IS NOT NULL",
              name,
              place.run()),
          "the sequence");
    }
  }

  private void check() {
    List<SchemaObject> wanted = new ArrayList<>(step.swap().unchanged());
    String name = step.old().name();
    wanted.add(new SchemaObject("table", name, name, step.swap().create()));
    step.swap().after().stream()
        .filter(object -> !step.swap().given().contains(object.name()))
        .forEach(wanted::add);
    check(schemaIs(wanted, step.swap().given()), "the schema around the table isn't as it was");
    for (String given : step.swap().given()) {
      check(
          SqlFragment.of("(SELECT count(*) FROM sqlite_schema WHERE name = ?) = 1", given),
          given + " wasn't made");
    }
    for (String child : step.swap().children()) {
      check(same(rows(child), "rows", child), "rows of " + child + " would be lost");
      check(
          SqlFragment.of("(")
              .then(violations(child))
              .then(") <= ")
              .then(RebuildTables.noted(place.run(), "violations", child)),
          "rows of " + child + " would refer to nothing");
    }
    check(
        SqlFragment.of("(")
            .then(violations(""))
            .then(") <= ")
            .then(RebuildTables.noted(place.run(), "violations", "")),
        "rows of " + name + " would refer to nothing");
    if (step.swap().numbered() && step.swap().wasNumbered()) {
      check(same(sequence(), "sequence", ""), "the numbering would begin anew");
    }
    step.swap()
        .watched()
        .forEach((sql, what) -> add(SqlFragment.of(sql), what + " no longer works"));
  }

  private void end(long nowMillis) {
    add(CheckpointRow.heartbeat(place, nowMillis), "the journal refused");
    add(
        SqlFragment.of(
            "UPDATE cairn_lane SET done = 1 WHERE run = ? AND lane = ?",
            place.run(),
            (long) place.lane()),
        "the journal refused");
    // Committed it is done, whatever becomes of this process: nothing is left to resume.
    add(
        SqlFragment.of(
            "UPDATE cairn_run SET status = 'SUCCEEDED', reason = NULL WHERE run = ?", place.run()),
        "the journal refused");
    if (step.undoes() > 0) {
      add(
          SqlFragment.of(
              "UPDATE cairn_run SET status = 'UNDONE', reason = ? WHERE run = ?",
              "taken back by run " + place.run(),
              step.undoes()),
          "the journal refused");
    }
    add(BatchJournal.readTally(place), "the tally");
  }

  /** The checkpoint's CHECK refuses what is below zero. */
  private void check(SqlFragment holds, String otherwise) {
    add(
        CheckpointRow.set(
            place,
            SqlFragment.of("identical = CASE WHEN ").then(holds).then(" THEN 0 ELSE -1 END")),
        otherwise);
  }

  private SqlFragment same(SqlFragment number, String item, String name) {
    return SqlFragment.of("(")
        .then(number)
        .then(") IS ")
        .then(RebuildTables.noted(place.run(), item, name));
  }

  private SqlFragment rows(String table) {
    return SqlFragment.of("SELECT count(*) FROM " + dialect.quote(table));
  }

  /** Rows of another table whose reference to this one leads nowhere; of this one, to any. */
  private SqlFragment violations(String child) {
    if (child.isEmpty()) {
      return SqlFragment.of("SELECT count(*) FROM pragma_foreign_key_check(?)", step.old().name());
    }
    return SqlFragment.of(
        "SELECT count(*) FROM pragma_foreign_key_check(?) WHERE parent = ? COLLATE NOCASE",
        child,
        step.old().name());
  }

  private SqlFragment sequence() {
    return SqlFragment.of("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", step.old().name());
  }

  /** That the schema's texts are these; those named may have any. */
  private static SqlFragment schemaIs(List<SchemaObject> objects, List<String> without) {
    String wanted =
        objects.stream()
            .sorted(Comparator.comparing(SchemaObject::type).thenComparing(SchemaObject::name))
            .map(
                object ->
                    object.type()
                        + '\u001f'
                        + object.name()
                        + '\u001f'
                        + object.table()
                        + '\u001f'
                        + object.sql())
            .collect(Collectors.joining("\u001e"));
    List<Object> binds = new ArrayList<>(without);
    binds.add(wanted);
    String marks = without.stream().map(each -> "?").collect(Collectors.joining(", "));
    return new SqlFragment(
        "(SELECT group_concat(type || char(31) || name || char(31) || tbl_name || char(31)"
            + " || coalesce(sql, ''), char(30)) FROM (SELECT * FROM sqlite_schema WHERE NOT "
            + OURS
            + " AND name NOT IN ("
            + marks
            + ") ORDER BY type, name)) IS ?",
        binds);
  }

  private String sameKey(String stored, String query) {
    return step.key().stream()
        .map(dialect::quote)
        .map(key -> dialect.sameKey(stored + "." + key, query + "." + key))
        .collect(Collectors.joining(" AND "));
  }

  private String quoted(List<String> names) {
    return names.stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  private String undo() {
    return dialect.quote(UndoTables.name(step.old()));
  }

  private void add(SqlFragment sql, String purpose) {
    parts.add(new Part(sql, purpose));
  }
}
