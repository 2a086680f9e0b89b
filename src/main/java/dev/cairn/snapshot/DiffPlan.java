package dev.cairn.snapshot;

import java.util.List;

/**
 * How two tables are compared.
 *
 * @param hereTable the table's name here
 * @param thereTable its name there, which may differ in case
 * @param here the columns read here, the key's first
 * @param there the same columns as they are called there
 * @param keys how many of them tell one row from another
 * @param wholeRows whether that is all of them, for want of a key: a changed row then counts as one
 *     only here and one only there
 * @param notes what a reader of the result must know
 */
public record DiffPlan(
    String hereTable,
    String thereTable,
    List<String> here,
    List<String> there,
    int keys,
    boolean wholeRows,
    List<String> notes) {

  public DiffPlan {
    here = List.copyOf(here);
    there = List.copyOf(there);
    notes = List.copyOf(notes);
  }

  /** The key's columns. */
  public List<String> key() {
    return here.subList(0, keys);
  }

  /** The columns compared: all but the key's. */
  public List<String> compared() {
    return here.subList(keys, here.size());
  }
}
