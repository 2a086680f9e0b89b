package dev.cairn.dialect;

/** What PostgreSQL's own tables tell of a schema. */
final class PostgresqlSchema {
  /** One number of all rows of the catalog that were written for somebody's schema. */
  static final String VERSION =
      "SELECT (sum(hashtextextended(kind || oid || ' ' || more || ' ' || xmin, 0)::numeric)"
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

  private PostgresqlSchema() {}
}
