package dev.cairn.database;

/**
 * A full copy of a database that its server keeps.
 *
 * @param way how it was made: fork, turso, template or schema
 * @param name what the server calls it
 * @param url what opens it
 * @param identity its identity as a database
 * @param id what the server knows it by whatever its name; empty where it doesn't say
 */
public record ServerCopy(String way, String name, String url, String identity, String id) {
  /** The way of a copy of the tables alone, in a schema of the same database. */
  public static final String SCHEMA = "schema";

  /** Whether it is of tables alone, and no database of its own. */
  public boolean isOfTables() {
    return way.equals(SCHEMA);
  }
}
