package dev.cairn.dialect;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * PostgreSQL's SQL. A column's type is the text that {@code format_type} gives, with its length,
 * scale and schema: it can stand in a cast as it is.
 *
 * @param mainSchema the schema that a table without one belongs to: the first of the search path
 */
public record PostgresqlDialect(String mainSchema) implements Dialect {

  /** The schemas in which Cairn puts copies of tables aside begin so. */
  public static final String COPIES = "cairn_snapshot_";

  /** As a new database has it. */
  public PostgresqlDialect() {
    this("public");
  }

  @Override
  public Flavour flavour() {
    return Flavour.POSTGRESQL;
  }

  /** It has temporary tables, but no trigger of one conversation on a table of all. */
  @Override
  public boolean hasTemporary() {
    return false;
  }

  @Override
  public String quote(String identifier) {
    return QuotedName.of(identifier);
  }

  @Override
  public String spelled(String expression, Table source) {
    return PostgresqlRounding.of(expression, source);
  }

  /** In a schema of copies a table of another schema is called by both names, as one name. */
  @Override
  public String table(String name) {
    int dot = name.indexOf('.');
    return dot <= 0 || mainSchema.startsWith(COPIES)
        ? quote(name)
        : quote(name.substring(0, dot)) + "." + quote(name.substring(dot + 1));
  }

  /** Only who may do everything on the server could. */
  @Override
  public boolean letsReferencesRest() {
    return false;
  }

  @Override
  public String triggerOff(Trigger trigger) {
    return switched(trigger, "O", "DISABLE");
  }

  @Override
  public String triggerOn(Trigger trigger) {
    return switched(trigger, "D", "ENABLE");
  }

  /** One that is to fire always stays as it is, and is not switched to what fires mostly. */
  private String switched(Trigger trigger, String from, String to) {
    String table = table(trigger.table());
    return "DO "
        + literal(
            "BEGIN IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled = '%s') THEN ALTER TABLE %s %s TRIGGER %s; END IF; END"
                .formatted(
                    literal(table),
                    literal(trigger.name()),
                    from,
                    table,
                    to,
                    quote(trigger.name())));
  }

  @Override
  public String tableNames() {
    return "SELECT relname AS name FROM pg_catalog.pg_class WHERE relkind = 'r'"
        + " AND pg_catalog.pg_table_is_visible(oid)";
  }

  /** Of a schema of copies, what its tables take. */
  @Override
  public SqlFragment size() {
    return SqlFragment.of(
        "SELECT CASE WHEN starts_with(current_schema(), '"
            + COPIES
            + "') THEN (SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
            + " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace)::bigint"
            + " ELSE pg_database_size(current_database()) END");
  }

  /** Read the same whatever {@code standard_conforming_strings} says. */
  @Override
  public String literal(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "decode('" + HexFormat.of().formatHex(bytes) + "', 'hex')";
    }
    if (value instanceof Double number) {
      return "CAST('" + number + "' AS double precision)"; // a bare 1.5 is a numeric
    }
    if (value instanceof Long number && number == Long.MIN_VALUE) {
      return "CAST('" + number + "' AS bigint)"; // the bare literal is a numeric
    }
    if (value instanceof Long) {
      return value.toString();
    }
    if (value instanceof BigDecimal) {
      return "CAST('" + value + "' AS numeric)";
    }
    if (value instanceof Boolean flag) {
      return flag ? "TRUE" : "FALSE";
    }
    String text = value.toString();
    if (text.indexOf('\0') >= 0) {
      throw CairnException.failed(
              "zero-character", "PostgreSQL's texts hold no character of code 0")
          .hint("take it out of the value first");
    }
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /**
   * What writing would leave is what a cast to the column's type gives, but that a cast shortens a
   * text that is too long, which a write refuses. Equal is less than the same for a number's scale,
   * for zero's sign, for texts of a case-blind type or collation, for intervals and for whatever is
   * made of such: their texts are compared. (JSON has no equality at all.)
   */
  @Override
  public String identical(Column column, Table target, String stored, String expression) {
    String type = column.type();
    String cast = cast(expression, type);
    return switch (PostgresqlType.of(type)) {
      case EXACT -> notDistinct(stored, cast);
      case FLOAT ->
          "CASE WHEN %1$s = 0 THEN CAST(%1$s AS text) IS NOT DISTINCT FROM CAST(%2$s AS text) ELSE %3$s END"
              .formatted(stored, cast, notDistinct(stored, cast));
      case SCALED ->
          "("
              + notDistinct(stored, cast)
              + " AND "
              + notDistinct("scale(" + stored + ")", "scale(" + cast + ")")
              + ")";
      case SHORTENED ->
          "("
              + same(stored, cast)
              + " AND "
              + same("rtrim(" + text(stored) + ", ' ')", "rtrim(" + text(expression) + ", ' ')")
              + ")";
      case OTHER -> same(stored, cast);
    };
  }

  @Override
  public SqlFragment rowsChanged() {
    return SqlFragment.of("?", RowsChanged.BEFORE);
  }

  @Override
  public String truth(String condition) {
    return "CASE WHEN " + condition + " THEN 1 ELSE 0 END";
  }

  @Override
  public String isWhole(String expression) {
    return typeOf(expression) + " IN ('smallint', 'integer', 'bigint')";
  }

  @Override
  public String bare(String stored) {
    return stored;
  }

  @Override
  public String greatest(String... values) {
    return "greatest(" + String.join(", ", values) + ")";
  }

  @Override
  public String least(String... values) {
    return "least(" + String.join(", ", values) + ")";
  }

  @Override
  public OwnColumns ownColumns() {
    return new OwnColumns("bigint", "double precision", "text", "bigint PRIMARY KEY");
  }

  @Override
  public String keeping(String type) {
    return type;
  }

  /** A domain may refuse NULL, which stands there where nothing was kept: its base type doesn't. */
  @Override
  public Optional<String> keepingAnything(String table) {
    String alter =
        "DECLARE c record; BEGIN LOOP SELECT a.attname, format_type(t.typbasetype, t.typtypmod) AS base INTO c"
            + " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = %s::regclass"
            + " AND a.attnum > 0 AND NOT a.attisdropped AND t.typtype = 'd' LIMIT 1;"
            + " EXIT WHEN NOT FOUND; EXECUTE format('ALTER TABLE %%s ALTER COLUMN %%I TYPE %%s',"
            + " %s::regclass, c.attname, c.base); END LOOP; END";
    String name = literal(quote(table));
    return Optional.of("DO " + literal(alter.formatted(name, name)));
  }

  @Override
  public Object kept(Object value) {
    return KeptText.of(value);
  }

  @Override
  public Object unkept(Object kept) {
    return kept == null ? null : KeptText.value(kept.toString());
  }

  @Override
  public String writtenOrder() {
    return "cairn_written";
  }

  @Override
  public String declaredOrder() {
    return "cairn_written bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ";
  }

  @Override
  public SqlFragment tablesThere(List<String> names) {
    return SqlFragment.of(
        "SELECT count(*) FROM pg_catalog.pg_class WHERE relkind = 'r'"
            + " AND pg_catalog.pg_table_is_visible(oid) AND relname IN ("
            + names.stream().map(this::literal).collect(Collectors.joining(", "))
            + ")");
  }

  @Override
  public String lastRun() {
    return "SELECT coalesce(max(run), 0) FROM cairn_run";
  }

  @Override
  public String holding() {
    return " FOR NO KEY UPDATE";
  }

  @Override
  public boolean handsOnWritten() {
    return true;
  }

  @Override
  public String overriding() {
    return " OVERRIDING SYSTEM VALUE";
  }

  @Override
  public String isNotDistinct() {
    return "IS NOT DISTINCT FROM";
  }

  /**
   * PostgreSQL counts no changes of a schema, but each leaves rows of the catalog written by a new
   * transaction: each part's row says which one wrote it last.
   */
  @Override
  public String schemaVersion() {
    return "SELECT (sum(hashtextextended(kind || oid || ' ' || more || ' ' || xmin, 0)::numeric)"
        + " % 4611686018427387904)::bigint FROM ("
        + "SELECT 'c' kind, oid, 0 more, xmin FROM pg_class WHERE oid >= 16384"
        + " UNION ALL SELECT 'a', attrelid, attnum, xmin FROM pg_attribute"
        + " WHERE attrelid >= 16384"
        + " UNION ALL SELECT 'd', oid, 0, xmin FROM pg_attrdef"
        + " UNION ALL SELECT 'k', oid, 0, xmin FROM pg_constraint WHERE oid >= 16384"
        + " UNION ALL SELECT 'i', indexrelid, 0, xmin FROM pg_index WHERE indexrelid >= 16384"
        + " UNION ALL SELECT 't', oid, 0, xmin FROM pg_trigger"
        + " UNION ALL SELECT 'r', oid, 0, xmin FROM pg_rewrite WHERE oid >= 16384"
        + " UNION ALL SELECT 'p', oid, 0, xmin FROM pg_proc WHERE oid >= 16384"
        + " UNION ALL SELECT 'y', oid, 0, xmin FROM pg_type WHERE oid >= 16384"
        + " UNION ALL SELECT 'e', oid, 0, xmin FROM pg_enum"
        + " UNION ALL SELECT 'l', oid, 0, xmin FROM pg_policy"
        + " UNION ALL SELECT 'h', inhrelid, inhseqno, xmin FROM pg_inherits"
        + ") parts";
  }

  /** The planner finds the order by itself. */
  @Override
  public String orderedJoin() {
    return " JOIN ";
  }

  @Override
  public String insertInto(Table target) {
    return "INSERT INTO ";
  }

  @Override
  public String update(Table target) {
    return "UPDATE ";
  }

  /**
   * None: each is checked when it is written or, where it is deferred, at COMMIT, which fails then
   * and rolls everything back.
   */
  @Override
  public String brokenReferences(List<String> tables) {
    return "0";
  }

  @Override
  public String sameKey(String stored, String expression) {
    return stored + " = " + expression;
  }

  /**
   * The cast keeps the search an index's own: a key of whole numbers would be made a double for the
   * sake of a double beside it. The length is left off, as a cast would shorten a longer text.
   */
  @Override
  public String sameKey(Column column, String stored, String expression) {
    return stored + " = " + cast(expression, PostgresqlType.ofKey(column.type()));
  }

  @Override
  public String constants(List<String> names, List<List<Object>> rows, String alias) {
    String values =
        rows.stream()
            .map(row -> row.stream().map(this::literal).collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    String columns = names.stream().map(this::quote).collect(Collectors.joining(", "));
    return "(VALUES " + values + ") AS " + quote(alias) + " (" + columns + ")";
  }

  @Override
  public String asStored(Column column, Table target, String expression) {
    return cast(expression, column.type());
  }

  @Override
  public String keeps(Column column, Table target, String stored) {
    return same(stored, cast(stored, column.type()));
  }

  /** All values of a column are of its type. */
  @Override
  public String otherType(String left, String leftKeeps, String right, String rightKeeps) {
    return "";
  }

  @Override
  public String typeOf(String expression) {
    return "CAST(pg_typeof(" + expression + ") AS text)";
  }

  @Override
  public String together(String value) {
    return "string_agg(" + text(value) + ", ' ')";
  }

  /** By their texts, which say what equality passes over; two of one type are asked for. */
  @Override
  public String same(String stored, String noted) {
    return notDistinct(text(stored) + " COLLATE \"C\"", text(noted) + " COLLATE \"C\"");
  }

  @Override
  public String binaryOrder(String stored, String type) {
    boolean isText =
        switch (PostgresqlType.of(type)) {
          case SHORTENED, OTHER -> PostgresqlType.isText(type);
          default -> false;
        };
    return (isText ? text(stored) + " COLLATE \"C\"" : stored) + " NULLS FIRST";
  }

  private static String cast(String expression, String type) {
    return "CAST(" + expression + " AS " + type + ")";
  }

  private static String text(String expression) {
    return "CAST(" + expression + " AS text)";
  }

  private static String notDistinct(String left, String right) {
    return "(" + left + " IS NOT DISTINCT FROM " + right + ")";
  }
}
