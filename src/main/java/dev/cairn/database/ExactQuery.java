package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A query as one whose values JSON can carry, all of them: texts come as their bytes, endless
 * numbers by name, and behind the values stand letters that tell their types.
 *
 * <p>The query itself is computed once for each row, in its own order: {@code LIMIT} and {@code
 * WHERE} keep the engine from putting its expressions in the place of its columns.
 */
final class ExactQuery {
  /** What stands in an answer for 9e999. */
  static final String ENDLESS = "inf";

  /** What stands in an answer for -9e999. */
  static final String ENDLESS_BELOW = "-inf";

  private static final int LETTERS_EACH = 100;

  private final SqlFragment query;
  private final List<String> columns;
  private final Charset encoding;

  /**
   * @param columns the names of the query's columns
   * @param encoding the database's {@code PRAGMA encoding}, which a text's bytes are in
   */
  ExactQuery(SqlFragment query, List<String> columns, String encoding) {
    this.query = query;
    this.columns = List.copyOf(columns);
    this.encoding = charset(encoding);
  }

  /** What the bytes of a text are in, of {@code PRAGMA encoding}. */
  static Charset charset(String encoding) {
    return switch (encoding) {
      case "UTF-16le" -> StandardCharsets.UTF_16LE;
      case "UTF-16be" -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }

  List<String> columns() {
    return columns;
  }

  /** What the server is asked. */
  SqlFragment sent() {
    List<String> names = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 1; i <= columns.size(); i++) {
      names.add("c" + i);
      asked.add(carried("c" + i));
    }
    for (int from = 0; from < names.size(); from += LETTERS_EACH) {
      List<String> letters = new ArrayList<>();
      for (String name : names.subList(from, Math.min(names.size(), from + LETTERS_EACH))) {
        letters.add("substr(typeof(" + name + "), 1, 1)");
      }
      asked.add(String.join(" || ", letters));
    }
    return SqlFragment.of("WITH cairn_exact(" + String.join(", ", names) + ") AS (SELECT * FROM (")
        .then(query)
        .then("\n) LIMIT -1) SELECT " + String.join(", ", asked) + " FROM cairn_exact WHERE 1");
  }

  /** The SQL of a value as JSON can hold it. */
  static String carried(String value) {
    return ("CASE typeof(%1$s) WHEN 'text' THEN CAST(%1$s AS BLOB) WHEN 'real' THEN"
            + " CASE %1$s WHEN 9e999 THEN '%2$s' WHEN -9e999 THEN '%3$s' ELSE %1$s END"
            + " ELSE %1$s END")
        .formatted(value, ENDLESS, ENDLESS_BELOW);
  }

  /** A number that came as {@link #carried}. */
  static Object number(String type, Object came) {
    if (type.equals("real") && came instanceof String endless) {
      return endless.equals(ENDLESS) ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return came;
  }

  /** The query's row, of a row that came; a text that is no sound Unicode as {@link RawText}. */
  List<Object> row(List<Object> came) {
    List<Object> row = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String letters = (String) came.get(columns.size() + i / LETTERS_EACH);
      Object value = came.get(i);
      row.add(
          switch (letters.charAt(i % LETTERS_EACH)) {
            case 't' -> text((byte[]) value);
            case 'r' -> number("real", value);
            default -> value;
          });
    }
    return Collections.unmodifiableList(row);
  }

  private Object text(byte[] bytes) {
    String text = new String(bytes, encoding);
    if (Arrays.equals(bytes, text.getBytes(encoding))) {
      return text;
    }
    if (!encoding.equals(StandardCharsets.UTF_8)) {
      throw CairnException.refused("unsound-text", "a text is no sound Unicode, in UTF-16")
          .hint("CAST(... AS BLOB) reads its bytes");
    }
    return new RawText(bytes);
  }
}
