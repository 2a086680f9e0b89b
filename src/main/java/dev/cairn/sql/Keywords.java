package dev.cairn.sql;

import java.util.Set;
import java.util.TreeSet;

/**
 * The words that are keywords rather than names: per engine for highlighting and completion, and
 * inside expressions.
 */
public final class Keywords {

  private static final Set<String> SQLITE =
      words(
          "abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case"
              + " cast check collate column commit conflict constraint create cross current current_date current_time"
              + " current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end"
              + " escape except exclude exclusive exists explain fail filter first following for foreign from full generated"
              + " glob group groups having if ignore immediate in index indexed initially inner insert instead intersect into"
              + " is isnull join key last left like limit match materialized natural no not nothing notnull null nulls of"
              + " offset on or order others outer over partition plan pragma preceding primary query raise range recursive"
              + " references regexp reindex release rename replace restrict returning right rollback row rows savepoint"
              + " select set strict table temp temporary then ties to transaction trigger unbounded union unique update using"
              + " vacuum values view virtual when where window with within without");

  private static final Set<String> POSTGRESQL =
      words(
          "add all alter always analyse analyze and any array as asc asymmetric atomic authorization begin between both by"
              + " cascade case cast check checkpoint collate collation column comment commit concurrently conflict constraint"
              + " copy create cross cube current current_date current_role current_time current_timestamp current_user database"
              + " deallocate declare default deferrable deferred delete desc detach discard distinct do domain drop each else"
              + " end enum escape except exclude execute exists explain extension false fetch filter first following for"
              + " foreign freeze from full function generated grant group grouping groups having identity if ilike immediate"
              + " in index inherits initially inner insert instead intersect into is isnull isolation join key language last"
              + " lateral leading left level like limit listen load localtime localtimestamp lock match materialized merge"
              + " natural next no not nothing notify notnull null nulls of offset on only or order others outer over overlaps"
              + " partition placing policy preceding prepare primary procedure publication range recursive references refresh"
              + " reindex release rename replace restrict returning returns revoke right role rollback rollup row rows rule"
              + " savepoint schema select sequence session session_user set sets share show similar some start strict"
              + " subscription symmetric table tablesample temp temporary then ties to trailing transaction trigger true"
              + " truncate type unbounded union unique unlogged update user using vacuum values variadic verbose view when"
              + " where window with within without work");

  /** Never a column inside an expression. */
  private static final Set<String> EXPRESSION =
      words(
          "all and array as asc between both by case cast collate current_date current_time current_timestamp desc distinct"
              + " else end escape exists false for from glob group ilike in is isnull leading like limit localtime"
              + " localtimestamp not notnull null or order partition regexp select table then trailing true values when"
              + " where with");

  /**
   * Columns when they stand alone, keywords beside an operand: a column may well be called time.
   */
  private static final Set<String> CONTEXTUAL =
      words(
          "any at current filter first following groups interval last match nulls over preceding range row rows similar some"
              + " symmetric time to unbounded unknown within without zone");

  /** What SQLite's statements begin with, and what its users know from elsewhere. */
  private static final Set<String> BEGINNINGS =
      words(
          "alter analyze attach begin commit create delete detach drop end explain insert merge pragma reindex release"
              + " replace rollback savepoint select truncate update vacuum values with");

  private Keywords() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  /** Returns the engine's keywords in lower case, sorted. */
  public static Set<String> of(Flavour flavour) {
    return new TreeSet<>(flavour == Flavour.SQLITE ? SQLITE : POSTGRESQL);
  }

  /** Whether the engine knows the word as a keyword, whatever its case. */
  public static boolean isKeyword(String word, Flavour flavour) {
    return (flavour == Flavour.SQLITE ? SQLITE : POSTGRESQL).contains(Characters.lower(word));
  }

  /** Returns the words that a statement may begin with, in lower case, sorted. */
  public static Set<String> beginnings(Flavour flavour) {
    return flavour == Flavour.SQLITE ? new TreeSet<>(BEGINNINGS) : of(flavour);
  }

  /** Whether a statement may begin with the word, whatever its case; never a wrong no. */
  public static boolean mayBeginStatement(String word, Flavour flavour) {
    return flavour != Flavour.SQLITE || BEGINNINGS.contains(Characters.lower(word));
  }

  static boolean isReservedInExpression(String word) {
    return EXPRESSION.contains(Characters.lower(word));
  }

  static boolean isContextual(String word) {
    return CONTEXTUAL.contains(Characters.lower(word));
  }
}
