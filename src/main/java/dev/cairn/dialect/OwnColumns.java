package dev.cairn.dialect;

/**
 * The types of the columns of Cairn's own tables.
 *
 * @param number of whole numbers, of 64 bits
 * @param real of real numbers
 * @param any of values of any type, as {@link Dialect#kept} makes them
 * @param run of the number that names a run
 */
public record OwnColumns(String number, String real, String any, String run) {

  /** A statement that makes a table, with the types in the places of their names. */
  public String in(String ddl) {
    return ddl.replace("{number}", number)
        .replace("{real}", real)
        .replace("{any}", any)
        .replace("{run}", run);
  }
}
