package dev.cairn.sql;

import java.util.List;
import java.util.Set;

/**
 * Functions known to change something although they stand in a query. The list can't be complete
 * (anyone may define a function), so reads had better run where the engine refuses to write.
 */
final class WritingFunctions {

  /** optimize is the full-text one: {@code SELECT optimize(docs) FROM docs} rewrites the index. */
  private static final Set<String> SQLITE =
      Set.of("load_extension", "writefile", "edit", "eval", "optimize", "fts3_tokenizer");

  private static final Set<String> POSTGRESQL =
      Set.of(
          "setval",
          "set_config",
          "query_to_xml",
          "query_to_xmlschema",
          "query_to_xml_and_xmlschema",
          "cursor_to_xml",
          "ts_stat",
          "ts_rewrite",
          "pg_notify",
          "pg_promote",
          "pg_rotate_logfile",
          "pg_export_snapshot");

  private static final List<String> POSTGRESQL_PREFIXES =
      List.of(
          "lo_",
          "lowrite",
          "dblink",
          "pg_terminate_",
          "pg_cancel_",
          "pg_reload_",
          "pg_switch_",
          "pg_create_",
          "pg_drop_",
          "pg_copy_",
          "pg_replication_",
          "pg_logical_",
          "pg_advisory_",
          "pg_try_advisory_",
          "pg_file_",
          "pg_stat_reset",
          "pg_stat_statements_reset",
          "pg_start_backup",
          "pg_stop_backup",
          "pg_backup_",
          "pg_import_",
          "pg_wal_replay_",
          "pg_restore_",
          "pg_clear_",
          "pg_truncate_",
          "pg_set_",
          "pg_extension_config_",
          "pg_nextoid",
          "binary_upgrade_");

  private WritingFunctions() {}

  /** Whether the statement calls one, anywhere in it, under a quoted name or not. */
  static boolean areCalled(TokenCursor cursor) {
    for (int i = 0; i < cursor.size(); i++) {
      if (isWritingCall(cursor, i)) {
        return true;
      }
    }
    return false;
  }

  static boolean isCalled(TokenCursor cursor, String function) {
    for (int i = 0; i < cursor.size(); i++) {
      if (cursor.is(i + 1, "(") && cursor.isName(i) && cursor.lowerName(i).equals(function)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name at {@code index} is that of a function that writes. */
  static boolean isWritingCall(TokenCursor cursor, int index) {
    if (!cursor.isName(index)) {
      return false;
    }
    String name = cursor.lowerName(index);
    boolean called = cursor.is(index + 1, "(");
    if (cursor.flavour() == Flavour.SQLITE) {
      return (called && SQLITE.contains(name)) || isWritingPragma(name);
    }
    return called
        && (POSTGRESQL.contains(name) || POSTGRESQL_PREFIXES.stream().anyMatch(name::startsWith));
  }

  /** PRAGMAs can be called as tables: {@code SELECT * FROM pragma_optimize} writes statistics. */
  private static boolean isWritingPragma(String name) {
    return name.startsWith("pragma_") && !PragmaShape.reads(name.substring("pragma_".length()));
  }
}
