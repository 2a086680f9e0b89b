package dev.cairn.dialect;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQLite's SQL, as libSQL speaks it too.
 *
 * @param hasTemporary not on a libSQL server
 */
public record SqliteDialect(boolean hasTemporary) implements Dialect {

  /** As a file has it. */
  public SqliteDialect() {
    this(true);
  }

  @Override
  public Flavour flavour() {
    return Flavour.SQLITE;
  }

  @Override
  public String quote(String identifier) {
    return QuotedName.of(identifier);
  }

  @Override
  public boolean letsReferencesRest() {
    return true;
  }

  @Override
  public String triggerOff(Trigger trigger) {
    return "DROP TRIGGER " + quote(trigger.name());
  }

  @Override
  public String triggerOn(Trigger trigger) {
    return trigger.sql();
  }

  @Override
  public String tableNames() {
    return "SELECT name FROM sqlite_schema WHERE type = 'table'";
  }

  @Override
  public SqlFragment size() {
    return SqlFragment.of("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  }

  @Override
  public String literal(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof Double number && number.isInfinite()) {
      return number > 0 ? "9e999" : "-9e999";
    }
    if (value instanceof Long number && number == Long.MIN_VALUE) {
      return "(-9223372036854775807 - 1)"; // the bare literal would be read as a double
    }
    if (value instanceof Long || value instanceof Double || value instanceof BigDecimal) {
      return value.toString();
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    return "'" + value.toString().replace("'", "''") + "'";
  }

  /**
   * The unary plus takes the expression's own affinity away, so that the comparison converts it as
   * a write into the column would, and not the stored value to the expression's type. A column
   * without affinity stores values as they come, so there the type is compared too.
   */
  @Override
  public String identical(Column column, Table target, String stored, String expression) {
    String comparison = stored + " IS +(" + expression + ")";
    // A column's NOCASE would call 'a' and 'A' the same.
    if (target.sql().toUpperCase(Locale.ROOT).contains("COLLATE")) {
      comparison += " COLLATE BINARY";
    }
    if (isReal(column.type())) {
      // A whole number beyond 2^53 is rounded when it is written, and compared unrounded. CASE and
      // not OR: asked for its value, OR computes both sides for every row (a third of a
      // comparison).
      return "CASE WHEN %s THEN 1 WHEN %s = 'integer' AND %s = 'real' THEN %s IS CAST(%s AS REAL) ELSE 0 END"
          .formatted(comparison, typeOf(expression), typeOf(stored), stored, expression);
    }
    if (hasNoAffinity(column.type(), target)) {
      comparison += " AND " + typeOf(stored) + " = " + typeOf(expression);
    }
    return comparison;
  }

  /**
   * A row that conflicts elsewhere than in the plan's key then fails, and is named. (Where the
   * table has triggers, their conflict clauses are overridden too: they fail rather than replace.)
   */
  @Override
  public String insertInto(Table target) {
    return declaresConflicts(target) ? "INSERT OR ABORT INTO " : "INSERT INTO ";
  }

  @Override
  public String update(Table target) {
    return declaresConflicts(target) ? "UPDATE OR ABORT " : "UPDATE ";
  }

  private static boolean declaresConflicts(Table target) {
    return target.sql().toUpperCase(Locale.ROOT).contains("CONFLICT");
  }

  @Override
  public String brokenReferences(List<String> tables) {
    return tables.stream()
        .map(table -> "(SELECT count(*) FROM pragma_foreign_key_check(" + literal(table) + "))")
        .collect(Collectors.joining(" + ", "(", ")"));
  }

  @Override
  public String sameKey(String stored, String expression) {
    return stored + " = +(" + expression + ")";
  }

  @Override
  public String sameKey(Column column, String stored, String expression) {
    return sameKey(stored, expression);
  }

  @Override
  public SqlFragment rowsChanged() {
    return SqlFragment.of("changes()");
  }

  @Override
  public String truth(String condition) {
    return condition;
  }

  @Override
  public String isWhole(String expression) {
    return typeOf(expression) + " = 'integer'";
  }

  @Override
  public String bare(String stored) {
    return "+" + stored;
  }

  @Override
  public String greatest(String... values) {
    return "max(" + String.join(", ", values) + ")";
  }

  @Override
  public String least(String... values) {
    return "min(" + String.join(", ", values) + ")";
  }

  @Override
  public OwnColumns ownColumns() {
    return new OwnColumns("INTEGER", "REAL", "", "INTEGER PRIMARY KEY AUTOINCREMENT");
  }

  /** Without a declared type what is stored comes back typed exactly. */
  @Override
  public String keeping(String type) {
    return "";
  }

  @Override
  public Optional<String> keepingAnything(String table) {
    return Optional.empty();
  }

  @Override
  public Object kept(Object value) {
    return value;
  }

  @Override
  public Object unkept(Object kept) {
    return kept;
  }

  @Override
  public String writtenOrder() {
    return "rowid";
  }

  @Override
  public String declaredOrder() {
    return "";
  }

  @Override
  public SqlFragment tablesThere(List<String> names) {
    return SqlFragment.of(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ("
            + names.stream().map(this::literal).collect(Collectors.joining(", "))
            + ")");
  }

  @Override
  public String lastRun() {
    return "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'cairn_run'), 0)";
  }

  @Override
  public String holding() {
    return "";
  }

  @Override
  public boolean handsOnWritten() {
    return false;
  }

  @Override
  public String overriding() {
    return "";
  }

  @Override
  public String orderedJoin() {
    return " CROSS JOIN ";
  }

  @Override
  public String constants(List<String> names, List<List<Object>> rows, String alias) {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      columns.append(i == 0 ? "" : ", ").append("column").append(i + 1).append(" AS ");
      columns.append(quote(names.get(i)));
    }
    String values =
        rows.stream()
            .map(row -> row.stream().map(this::literal).collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    return "(SELECT " + columns + " FROM (VALUES " + values + ")) AS " + quote(alias);
  }

  /** A text that looks like a number becomes one, a number in a column of text becomes text. */
  @Override
  public String asStored(Column column, Table target, String expression) {
    String upper = column.type().toUpperCase(Locale.ROOT);
    if (hasNoAffinity(column.type(), target)) {
      return expression;
    }
    if (!upper.contains("INT") && isWholeOrText(upper)) {
      return "CASE WHEN %1$s IN ('integer', 'real') THEN CAST(%2$s AS TEXT) ELSE %2$s END"
          .formatted(typeOf(expression), expression);
    }
    boolean real = isReal(column.type());
    String cast = "CAST(" + expression + " AS NUMERIC)";
    // The cast lends the comparison its affinity: it holds for a text that is nothing but a number.
    return "CASE %s WHEN 'text' THEN CASE WHEN %s = %s THEN %s ELSE %3$s END WHEN '%s' THEN %s ELSE %3$s END"
        .formatted(
            typeOf(expression),
            cast,
            expression,
            real ? "CAST(" + cast + " AS REAL)" : whole(cast),
            real ? "integer" : "real",
            real ? "CAST(" + expression + " AS REAL)" : whole(expression));
  }

  /** A real number that is whole becomes an integer, but for the ends of what integers hold. */
  private static String whole(String number) {
    return ("CASE WHEN typeof(%1$s) = 'real' AND %1$s > -9223372036854775808.0"
            + " AND %1$s < 9223372036854775807.0 AND %1$s = CAST(%1$s AS INTEGER)"
            + " THEN CAST(%1$s AS INTEGER) ELSE %1$s END")
        .formatted(number);
  }

  /** Which values a column leaves alone, by its affinity; a strict table refuses the others. */
  @Override
  public String keeps(Column column, Table target, String stored) {
    String upper = column.type().toUpperCase(Locale.ROOT);
    String type = typeOf(stored);
    if (isStrict(target) && !upper.equals("ANY")) {
      String allowed = upper.equals("INT") ? "integer" : upper.toLowerCase(Locale.ROOT);
      return "%s IN ('null', '%s')".formatted(type, allowed);
    }
    if (hasNoAffinity(column.type(), target)) {
      return "1";
    }
    if (!upper.contains("INT") && isWholeOrText(upper)) {
      return type + " NOT IN ('integer', 'real')";
    }
    // The cast lends the comparison its affinity: it holds for a text that is nothing but a number.
    String number = "(%s = 'text' AND CAST(%s AS NUMERIC) = %s)".formatted(type, stored, stored);
    return isReal(column.type())
        ? "NOT (%s = 'integer' OR %s)".formatted(type, number)
        : "NOT (%s OR (%s = 'real' AND %s = CAST(%s AS INTEGER)))"
            .formatted(number, type, stored, stored);
  }

  /** Only 1 and 1.0 are equal and of two types, and few columns hold both. */
  @Override
  public String otherType(String left, String leftKeeps, String right, String rightKeeps) {
    String types = typeOf(left) + " <> " + typeOf(right);
    if (!leftKeeps.equals(rightKeeps) || leftKeeps.equals("1")) {
      return "(" + types + ")";
    }
    // What keeps no whole real, as a column of integers, keeps the least of all: -2^63 stays real.
    return leftKeeps.contains("CAST(? AS INTEGER)")
        ? "(" + left + " <= -9223372036854775807 AND " + types + ")"
        : "";
  }

  /** IS NOT DISTINCT FROM is of 2023. */
  @Override
  public String isNotDistinct() {
    return "IS";
  }

  @Override
  public String schemaVersion() {
    return "SELECT schema_version FROM pragma_schema_version";
  }

  @Override
  public String mainSchema() {
    return "main";
  }

  @Override
  public String typeOf(String expression) {
    return "typeof(" + expression + ")";
  }

  @Override
  public String together(String value) {
    return "group_concat(" + value + ", ' ')";
  }

  /** The plus takes the affinity away, and with it the conversion. */
  @Override
  public String same(String stored, String noted) {
    return "(%s IS +%s COLLATE BINARY AND %s = %s)"
        .formatted(stored, noted, typeOf(stored), typeOf(noted));
  }

  /** The order is an index's own where its collation is this one. */
  @Override
  public String binaryOrder(String stored, String type) {
    return stored + " COLLATE BINARY";
  }

  /** SQLite's own rules, in its order: INT, then text, then none, then real. */
  private static boolean hasNoAffinity(String type, Table target) {
    String upper = type.toUpperCase(Locale.ROOT);
    return upper.isEmpty()
        || (upper.equals("ANY") && isStrict(target))
        || (upper.contains("BLOB") && !isWholeOrText(upper));
  }

  private static boolean isReal(String type) {
    String upper = type.toUpperCase(Locale.ROOT);
    boolean real = upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB");
    return real && !upper.contains("BLOB") && !isWholeOrText(upper);
  }

  private static boolean isWholeOrText(String upper) {
    return Stream.of("INT", "CHAR", "CLOB", "TEXT").anyMatch(upper::contains);
  }

  /**
   * Elsewhere ANY is a name like any other, and means a number where it can. A comment may say
   * STRICT too.
   */
  private static boolean isStrict(Table target) {
    String sql = target.sql();
    if (!sql.toUpperCase(Locale.ROOT).contains("STRICT")) {
      return false;
    }
    boolean strict = false;
    for (Token token : Lexer.tokens(sql, Flavour.SQLITE)) {
      if (token.isSignificant()) {
        boolean word = token.kind() == TokenKind.WORD && token.name(sql).equalsIgnoreCase("STRICT");
        strict = !token.is(sql, ")") && (strict || word);
      }
    }
    return strict;
  }
}
