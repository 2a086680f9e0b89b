package dev.cairn.sql;

import java.util.Set;

/** PRAGMAs: the ones listed here only read; all others may write. */
final class PragmaShape {

  /** Read when they stand alone. */
  private static final Set<String> STATES =
      Set.of(
          "analysis_limit",
          "application_id",
          "auto_vacuum",
          "automatic_index",
          "busy_timeout",
          "cache_size",
          "cache_spill",
          "cell_size_check",
          "checkpoint_fullfsync",
          "collation_list",
          "compile_options",
          "data_version",
          "database_list",
          "defer_foreign_keys",
          "encoding",
          "foreign_keys",
          "freelist_count",
          "fullfsync",
          "function_list",
          "hard_heap_limit",
          "ignore_check_constraints",
          "journal_mode",
          "journal_size_limit",
          "legacy_alter_table",
          "locking_mode",
          "max_page_count",
          "mmap_size",
          "module_list",
          "page_count",
          "page_size",
          "pragma_list",
          "query_only",
          "read_uncommitted",
          "recursive_triggers",
          "reverse_unordered_selects",
          "schema_version",
          "secure_delete",
          "soft_heap_limit",
          "stats",
          "synchronous",
          "temp_store",
          "threads",
          "trusted_schema",
          "user_version",
          "wal_autocheckpoint",
          "writable_schema");

  /** Read with an argument too. */
  private static final Set<String> QUERIES =
      Set.of(
          "table_info",
          "table_xinfo",
          "table_list",
          "index_info",
          "index_xinfo",
          "index_list",
          "foreign_key_list",
          "foreign_key_check",
          "integrity_check",
          "quick_check");

  private PragmaShape() {}

  static boolean reads(String lowerName) {
    return STATES.contains(lowerName) || QUERIES.contains(lowerName);
  }

  static StatementKind of(TokenCursor cursor) {
    cursor.accept("PRAGMA");
    if (!cursor.acceptQualifiedName()) {
      return StatementKind.OPAQUE;
    }
    String name = cursor.lowerName(cursor.position() - 1);
    if (cursor.atEnd()) {
      return reads(name) ? StatementKind.READ : StatementKind.SETTING;
    }
    boolean query =
        QUERIES.contains(name) && cursor.nextIs("(") && cursor.acceptGroup() && cursor.atEnd();
    return query ? StatementKind.READ : StatementKind.SETTING;
  }
}
