package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables and views of one database at one moment, with a fingerprint that proves a schema
 * unchanged.
 */
public final class Catalog {
  private final Map<String, Table> tables = new TreeMap<>();
  private final String fingerprint;
  private final List<SchemaObject> objects;

  /**
   * @param tables every table and view
   * @param fingerprint a hash of the schema's text, without Cairn's own tables
   */
  public Catalog(Collection<Table> tables, String fingerprint) {
    this(tables, fingerprint, List.of());
  }

  /**
   * @param objects what the fingerprint is made of, by type and name
   */
  public Catalog(Collection<Table> tables, String fingerprint, List<SchemaObject> objects) {
    tables.forEach(table -> this.tables.put(fold(table.name()), table));
    this.fingerprint = fingerprint;
    this.objects = List.copyOf(objects);
  }

  /**
   * The texts that make the schema, without Cairn's own, by type and name; empty where the schema
   * was not read from a database.
   */
  public List<SchemaObject> objects() {
    return objects;
  }

  /** Whether a table is Cairn's own bookkeeping, which is no part of anybody's schema. */
  public static boolean isOwn(String table) {
    String name = fold(table);
    return name.startsWith("cairn_") || name.equals("migration_progress");
  }

  /** The table or view of that name, whatever its case. */
  public Optional<Table> table(String name) {
    return Optional.ofNullable(tables.get(fold(name)));
  }

  /** All tables and views, by name. */
  public List<Table> tables() {
    return List.copyOf(tables.values());
  }

  /** A hash that changes with the schema. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The foreign keys of other tables (or its own) that reach this table. */
  public List<ForeignKey> referencesTo(String table) {
    return tables.values().stream()
        .flatMap(each -> each.foreignKeys().stream())
        .filter(key -> key.parent().equalsIgnoreCase(table))
        .toList();
  }

  /** That there is no table of that name, with exit 1 and the nearest one. */
  public CairnException noTable(String name) {
    return missing(
        "no-such-table", "there is no table '" + name + "'", nearest(name), "`tables` lists them");
  }

  static CairnException missing(
      String code, String message, Optional<String> near, String otherwise) {
    return CairnException.failed(code, message)
        .hint(near.map(name -> "did you mean " + name + "?").orElse(otherwise));
  }

  /** The name nearest to a mistyped one, where one is near enough to offer. */
  public Optional<String> nearest(String mistyped) {
    return nearest(mistyped, tables.values().stream().map(Table::name).toList());
  }

  /** Of these names the one nearest to a mistyped one, where one is near enough to offer. */
  public static Optional<String> nearest(String mistyped, List<String> names) {
    int limit = Math.max(2, mistyped.length() / 3);
    return names.stream()
        .filter(name -> distance(fold(name), fold(mistyped)) <= limit)
        .min(Comparator.comparingInt(name -> distance(fold(name), fold(mistyped))));
  }

  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
