package dev.cairn.database;

import dev.cairn.dialect.PostgresqlDialect;

/**
 * What PostgreSQL's catalog is asked. A table is called as it would be in a statement: by its bare
 * name where the search path leads to it, else with its schema. Those of PostgreSQL itself, of
 * others' conversations and of extensions are left out.
 */
final class PostgresqlCatalogQueries {
  private static final String NAME =
      "CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END";

  private static final String FROM_TABLES =
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace";

  /**
   * Schemas in which copies of tables are put aside are no part of a database; of such a copy they
   * are all of it.
   */
  static final String NO_COPIES =
      " AND CASE WHEN starts_with(current_schema(), '"
          + PostgresqlDialect.COPIES
          + "') THEN n.nspname = current_schema() ELSE NOT starts_with(n.nspname, '"
          + PostgresqlDialect.COPIES
          + "') END";

  private static final String OURS =
      " c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname <> 'information_schema'"
          + " AND (n.nspname !~ '^pg_' OR n.oid = pg_my_temp_schema())"
          + NO_COPIES
          + " AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass"
          + " AND e.objid = c.oid AND e.deptype = 'e')";

  /** Name, kind, text. */
  static final String TABLES =
      "SELECT "
          + NAME
          + ", c.relkind::text, CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END,"
          + " c.oid"
          + FROM_TABLES
          + " WHERE"
          + OURS
          + " ORDER BY 1";

  /**
   * Table, name, type (in a copy without its schema, which the copy's search path doesn't lead to),
   * whether NULL is refused, default, place in the primary key, whether it is generated, collation
   * where it isn't the type's own.
   */
  static final String COLUMNS =
      "SELECT "
          + NAME
          + ", a.attname, CASE WHEN starts_with(current_schema(), '"
          + PostgresqlDialect.COPIES
          + "') THEN regexp_replace(format_type(a.atttypid, a.atttypmod),"
          + " '^(\"[^\"]+\"|[a-z_0-9]+)\\.', '')"
          + " ELSE format_type(a.atttypid, a.atttypmod) END, a.attnotnull OR t.typnotnull,"
          + " CASE WHEN a.attidentity <> '' THEN 'nextval(' || quote_literal("
          + "pg_get_serial_sequence(c.oid::regclass::text, a.attname)) || '::regclass)'"
          + " ELSE coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault) END,"
          + " coalesce((SELECT k.place FROM pg_index i,"
          + " unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)"
          + " WHERE i.indrelid = c.oid AND i.indisprimary AND k.number = a.attnum"
          + " AND k.place <= i.indnkeyatts), 0),"
          + " a.attgenerated <> '',"
          + " coalesce((SELECT quote_ident(l.collname) FROM pg_collation l"
          + " WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation), '')"
          + FROM_TABLES
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " JOIN pg_type t ON t.oid = a.atttypid"
          + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE"
          + OURS
          + " ORDER BY 1, a.attnum";

  /**
   * A row for each term: table, index, whether it is unique, whether it is the primary key's, its
   * WHERE, the column where the index compares as the column does, the term's text. One that is not
   * valid refuses nothing for sure.
   */
  static final String INDEXES =
      "SELECT "
          + NAME
          + ", x.relname, i.indisunique AND i.indisvalid, i.indisprimary,"
          + " pg_get_expr(i.indpred, i.indrelid),"
          + " coalesce((SELECT a.attname FROM pg_attribute a, pg_opclass o"
          + " WHERE a.attrelid = c.oid AND a.attnum = i.indkey[k - 1] AND o.oid = i.indclass[k - 1]"
          + " AND o.opcdefault AND i.indcollation[k - 1] = a.attcollation), ''),"
          + " pg_get_indexdef(i.indexrelid, k, true), i.indexrelid"
          + FROM_TABLES
          + " JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid,"
          + " generate_series(1, i.indnkeyatts) k WHERE"
          + OURS
          + " ORDER BY 1, 2, k";

  /**
   * A row for each column: table, the key's number, parent, column, parent's column, actions. What
   * a partitioned parent repeats for each of its partitions is left out.
   */
  static final String FOREIGN_KEYS =
      "SELECT "
          + NAME
          + ", f.oid, (SELECT CASE WHEN pg_table_is_visible(p.oid) THEN p.relname"
          + " ELSE s.nspname || '.' || p.relname END FROM pg_class p"
          + " JOIN pg_namespace s ON s.oid = p.relnamespace WHERE p.oid = f.confrelid),"
          + " a.attname, b.attname,"
          + action("f.confdeltype")
          + ","
          + action("f.confupdtype")
          + FROM_TABLES
          + " JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f'"
          + " JOIN unnest(f.conkey, f.confkey) WITH ORDINALITY k (here, there, place) ON true"
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.here"
          + " JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.there"
          + " WHERE NOT EXISTS (SELECT FROM pg_constraint o"
          + " WHERE o.oid = f.conparentid AND o.conrelid = f.conrelid) AND"
          + OURS
          + " ORDER BY 1, 2, k.place";

  /**
   * Table, name, timing, events, columns behind UPDATE OF, text: triggers that are switched on, and
   * rules, which act as triggers do.
   */
  static final String TRIGGERS =
      "SELECT "
          + NAME
          + ", g.tgname, CASE WHEN g.tgtype & 64 <> 0 THEN 'INSTEAD OF'"
          + " WHEN g.tgtype & 2 <> 0 THEN 'BEFORE' ELSE 'AFTER' END,"
          + " concat_ws(',', CASE WHEN g.tgtype & 4 <> 0 THEN 'INSERT' END,"
          + " CASE WHEN g.tgtype & 8 <> 0 THEN 'DELETE' END,"
          + " CASE WHEN g.tgtype & 16 <> 0 THEN 'UPDATE' END,"
          + " CASE WHEN g.tgtype & 32 <> 0 THEN 'TRUNCATE' END),"
          + " (SELECT string_agg(a.attname, E'\\n') FROM pg_attribute a WHERE a.attrelid = c.oid"
          + " AND a.attnum = ANY (g.tgattr)), pg_get_triggerdef(g.oid)"
          + FROM_TABLES
          + " JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal"
          + " AND g.tgenabled IN ('O', 'A') WHERE"
          + OURS
          + " UNION ALL SELECT "
          + NAME
          + ", r.rulename, CASE WHEN r.is_instead THEN 'INSTEAD OF' ELSE 'AFTER' END,"
          + " CASE r.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' ELSE 'DELETE' END,"
          + " NULL, pg_get_ruledef(r.oid)"
          + FROM_TABLES
          + " JOIN pg_rewrite r ON r.ev_class = c.oid AND r.ev_type <> '1'"
          + " AND r.ev_enabled IN ('O', 'A') WHERE"
          + OURS
          + " ORDER BY 1, 2";

  private PostgresqlCatalogQueries() {}

  private static String action(String column) {
    return " CASE "
        + column
        + " WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT'"
        + " WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END";
  }

  /** The tables of {@link #TABLES}, for whoever asks for more of them: {@code c} and {@code n}. */
  static String fromTables(String select, String joins, String where) {
    return select + FROM_TABLES + joins + " WHERE" + OURS + where;
  }

  /** How a table is called. */
  static String name() {
    return NAME;
  }
}
