package dev.cairn.database;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is read out page by page in the order of what numbers its rows, and put into a file
 * with those numbers. Keeps the hash of what went through.
 *
 * <p>JSON has no endless number and no text that is no sound Unicode: each value comes with its
 * type, texts as their bytes and endless numbers by name, so that nothing is lost on the way.
 */
final class DumpedTable {
  private final String name;
  private final List<String> key;
  private final List<String> columns;
  private final boolean hiddenKey;
  private final Charset encoding;
  private final Dialect dialect;
  private final MessageDigest sent = sha256();

  private DumpedTable(
      String name,
      List<String> key,
      List<String> columns,
      boolean hiddenKey,
      String encoding,
      Dialect dialect) {
    this.encoding = ExactQuery.charset(encoding);
    this.name = name;
    this.key = key;
    this.columns = columns;
    this.hiddenKey = hiddenKey;
    this.dialect = dialect;
  }

  /**
   * One whose rows are told by their number or their key. Fails with exit 3 where rows can't be
   * told by their number, as other columns bear its names.
   */
  static DumpedTable of(Table table, String encoding, Dialect dialect) {
    List<String> columns =
        table.columns().stream().filter(column -> !column.generated()).map(Column::name).toList();
    if (table.withoutRowid()) {
      return new DumpedTable(table.name(), table.primaryKey(), columns, false, encoding, dialect);
    }
    Optional<String> number = table.rowNumber();
    if (number.isPresent()) {
      return new DumpedTable(
          table.name(), List.of(number.get()), columns, false, encoding, dialect);
    }
    String hidden =
        Stream.of("rowid", "_rowid_", "oid")
            .filter(each -> table.column(each).isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    CairnException.refused(
                            "no-rowid", table.name() + " has columns called rowid, _rowid_ and oid")
                        .hint("a fork on the server keeps it (docs/undo-and-restore.md)"));
    return new DumpedTable(table.name(), List.of(hidden), columns, true, encoding, dialect);
  }

  /** One whose rows are told by their rowid. */
  static DumpedTable numbered(String name, List<String> columns, String encoding, Dialect dialect) {
    return new DumpedTable(name, List.of("rowid"), columns, true, encoding, dialect);
  }

  String name() {
    return name;
  }

  boolean isSequence() {
    return name.equals("sqlite_sequence");
  }

  /** All that is stored of a row. */
  private List<String> stored() {
    List<String> stored = new ArrayList<>(hiddenKey ? key : List.of());
    stored.addAll(columns);
    return stored;
  }

  int width() {
    return stored().size();
  }

  /** The rows behind a key, at most so many: the key, then each value behind its type. */
  SqlFragment page(List<Object> behind, int rows) {
    String keys =
        key.stream()
            .map(column -> ExactQuery.carried(quote(column)))
            .collect(Collectors.joining(", "));
    String order = key.stream().map(this::quote).collect(Collectors.joining(", "));
    List<Object> binds = new ArrayList<>(behind);
    binds.add(rows);
    String marks = String.join(", ", Collections.nCopies(key.size(), "?"));
    String where = behind.isEmpty() ? "" : " WHERE (%s) > (%s)".formatted(order, marks);
    String values =
        stored().stream()
            .map(
                column ->
                    "typeof(%1$s), %2$s"
                        .formatted(quote(column), ExactQuery.carried(quote(column))))
            .collect(Collectors.joining(", "));
    return new SqlFragment(
        "SELECT %s, %s FROM %s%s ORDER BY %s LIMIT ?"
            .formatted(values, keys, dialect.quote(name), where, order),
        binds);
  }

  /** The key of a row that was read, as it can be compared with. */
  List<Object> keyOf(List<Object> row) {
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      int place = stored().indexOf(key.get(i));
      bound.add(bindable(row.get(2 * place).toString(), row.get(2 * place + 1)));
    }
    return bound;
  }

  String insert() {
    String names = stored().stream().map(this::quote).collect(Collectors.joining(", "));
    List<String> values = new ArrayList<>();
    for (int i = 0; i < width(); i++) {
      values.add(
          "CASE ?%1$d WHEN 'text' THEN CAST(?%2$d AS TEXT) ELSE ?%2$d END"
              .formatted(2 * i + 1, 2 * i + 2));
    }
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(dialect.quote(name), names, String.join(", ", values));
  }

  /** What is bound to put a row that was read into the file; it goes into the hash. */
  Object[] bound(List<Object> row) {
    Object[] bound = new Object[2 * width()];
    for (int i = 0; i < width(); i++) {
      String type = row.get(2 * i).toString();
      bound[2 * i] = type;
      bound[2 * i + 1] = ExactQuery.number(type, row.get(2 * i + 1));
      update(sent, type, bound[2 * i + 1]);
    }
    return bound;
  }

  /** Whether a file's table holds just what went through. Ends the hash. */
  boolean matches(ReadView there) {
    MessageDigest found = sha256();
    String order = key.stream().map(this::quote).collect(Collectors.joining(", "));
    String values =
        stored().stream()
            .map(
                column ->
                    "typeof(%1$s), CASE typeof(%1$s) WHEN 'text' THEN CAST(%1$s AS BLOB) ELSE %1$s END"
                        .formatted(quote(column)))
            .collect(Collectors.joining(", "));
    try (RowStream rows =
        there.query(
            SqlFragment.of(
                "SELECT %s FROM %s ORDER BY %s".formatted(values, dialect.quote(name), order)))) {
      while (rows.next()) {
        for (int i = 0; i < width(); i++) {
          update(found, rows.text(2 * i), rows.value(2 * i + 1));
        }
      }
    }
    return MessageDigest.isEqual(found.digest(), sent.digest());
  }

  private String quote(String column) {
    return dialect.quote(column);
  }

  /** A text of a key that is no sound Unicode can't be sent back to be compared with. */
  private Object bindable(String type, Object value) {
    if (!type.equals("text")) {
      return ExactQuery.number(type, value);
    }
    byte[] bytes = (byte[]) value;
    String text = new String(bytes, encoding);
    if (!java.util.Arrays.equals(bytes, text.getBytes(encoding))) {
      throw CairnException.refused(
              "unsound-key", "a key of " + name + " is a text that is no sound Unicode")
          .hint("a fork on the server keeps it (docs/undo-and-restore.md)");
    }
    return text;
  }

  private static void update(MessageDigest digest, String type, Object value) {
    byte[] bytes =
        value instanceof Long number
            ? ByteBuffer.allocate(8).putLong(number).array()
            : value instanceof Double number
                ? ByteBuffer.allocate(8).putDouble(number).array()
                : value instanceof byte[] blob ? blob : new byte[0];
    digest.update(type.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
