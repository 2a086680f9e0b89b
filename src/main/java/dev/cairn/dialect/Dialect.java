package dev.cairn.dialect;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.Flavour;
import java.util.List;
import java.util.Optional;

/** What differs between the engines in the SQL that Cairn writes. Pure text, no connection. */
public sealed interface Dialect permits SqliteDialect, PostgresqlDialect {

  /** How the engine's SQL is read. */
  Flavour flavour();

  /**
   * Whether a conversation may have tables and triggers of its own, and settings of its own such as
   * {@code recursive_triggers}. A server lets nobody.
   */
  boolean hasTemporary();

  /** An identifier, quoted so that nothing in it can end it. */
  String quote(String identifier);

  /**
   * A plan's expression as the engine can read it, where one that means the same on all engines is
   * written otherwise here.
   *
   * @param source the table whose columns it names
   */
  default String spelled(String expression, Table source) {
    return expression;
  }

  /**
   * A table's name as the catalog gives it, quoted; its schema stands before a dot where it must.
   */
  default String table(String name) {
    return quote(name);
  }

  /**
   * Whether a transaction can let references rest, so that a row which is taken out and put in
   * again takes none with it.
   */
  boolean letsReferencesRest();

  /** Keeps a trigger from firing within the transaction. */
  String triggerOff(Trigger trigger);

  /** Makes it fire again, before the transaction ends. */
  String triggerOn(Trigger trigger);

  /** The names of the tables that are there, in a column {@code name}. */
  String tableNames();

  /** A number: the bytes that the database takes. */
  SqlFragment size();

  /** A value as SQL text, exact; only for text that is shown or that names constants of a plan. */
  String literal(Object value);

  /**
   * A condition that holds where the target's column contains exactly what writing the expression
   * into it would leave there: same value, same null, same type.
   *
   * @param column the target's column
   * @param target the table of that column
   * @param stored SQL that reads the column
   * @param expression SQL of the value that would be written
   */
  String identical(Column column, Table target, String stored, String expression);

  /**
   * The words that begin an INSERT whose own conflict clause is the only one: a table's declared
   * {@code ON CONFLICT REPLACE} would delete rows of other keys without a word.
   */
  String insertInto(Table target);

  /**
   * The words that begin an UPDATE in which a row in conflict is an error, whatever is declared.
   */
  String update(Table target);

  /** A number: how many references from these tables lead to no row. */
  String brokenReferences(List<String> tables);

  /**
   * A condition that holds where the target's key column equals the value that writing the
   * expression would leave there, in a form that the key's index serves.
   */
  String sameKey(String stored, String expression);

  /**
   * The same for a value that is no key yet: it is made what writing it into the column would leave
   * there first, where the key's index would not serve otherwise.
   */
  String sameKey(Column column, String stored, String expression);

  /** A table of constants to join with, under this name, its columns named as given. */
  String constants(List<String> names, List<List<Object>> rows, String alias);

  /**
   * How many rows the last INSERT, UPDATE or DELETE before this statement changed, as a number
   * within a batch.
   */
  SqlFragment rowsChanged();

  /**
   * The words between two tables with an ON behind them, of which the first is to be read first.
   */
  String orderedJoin();

  /** A condition as a number: 1 where it holds, else 0. */
  String truth(String condition);

  /** Whether a value is a whole number. */
  String isWhole(String expression);

  /** A column without what makes an index or a conversion serve it. */
  String bare(String stored);

  /** The greatest of some values, none of them NULL. */
  String greatest(String... values);

  /** The least of some values, none of them NULL. */
  String least(String... values);

  /** The types of the columns of Cairn's own tables. */
  OwnColumns ownColumns();

  /**
   * The type for a column of Cairn's own that keeps values of a column of that type; empty where a
   * column needs none.
   */
  String keeping(String type);

  /**
   * The statement that takes from the columns of a table of Cairn's own what their types forbid;
   * empty where types forbid nothing.
   */
  Optional<String> keepingAnything(String table);

  /** A value for a column of Cairn's own that takes any. */
  Object kept(Object value);

  /** The value that {@link #kept} was made of. */
  Object unkept(Object kept);

  /** The column that numbers the rows of a table of Cairn's own in the order of their writing. */
  String writtenOrder();

  /** What declares {@link #writtenOrder}; empty where each table has it. */
  String declaredOrder();

  /** How many of these tables there are. */
  SqlFragment tablesThere(List<String> names);

  /** The highest number that a run ever had, 0 for none; only where there is a journal. */
  String lastRun();

  /**
   * The words behind a query that keep the rows it reads from being changed by others until the
   * transaction ends; empty where nobody else can write meanwhile.
   */
  String holding();

  /**
   * Whether an INSERT can hand the rows that it wrote to another statement ({@code WITH w AS
   * (INSERT ... RETURNING ...)}).
   */
  boolean handsOnWritten();

  /** What follows the columns of an INSERT that writes values the table would make up itself. */
  String overriding();

  /**
   * The value that writing the expression into the column would leave there, of the same type. The
   * expression is repeated in it: name what is long.
   */
  String asStored(Column column, Table target, String expression);

  /**
   * The condition that writing a value into the column leaves it as it is, by value and type. NULL
   * is as the column's own rule has it.
   *
   * @param stored a value as some column stored it
   */
  String keeps(Column column, Table target, String stored);

  /**
   * The condition that two stored values which are equal are of different types; empty where that
   * can't be.
   *
   * @param leftKeeps what the column of the first keeps, as {@link #keeps} says of {@code ?}
   * @param rightKeeps the same of the second
   */
  String otherType(String left, String leftKeeps, String right, String rightKeeps);

  /**
   * A condition of many terms as one: a planner that multiplies the odds of each expects no row,
   * and then takes hours over those that are there.
   */
  default String asOne(String condition) {
    return condition;
  }

  /** The words between two values that are the same, NULL and NULL too. */
  String isNotDistinct();

  /** A query for a number that is another one once anybody has changed the schema. */
  String schemaVersion();

  /** The name of the schema that a table without one belongs to. */
  String mainSchema();

  /** The type to compare by in words, for reports: {@code typeof(...)} or its like. */
  String typeOf(String expression);

  /**
   * All values of a column in one text, each behind a space but the first, in the order in which
   * the rows come.
   */
  String together(String value);

  /**
   * A condition that holds where two values that the engine stored are the same by value, null and
   * type, whatever their columns' collation: nothing is converted.
   */
  String same(String stored, String noted);

  /**
   * A term of ORDER BY that sorts stored values the same way on every engine: NULL first, then
   * numbers by value, texts by code point whatever the column's collation, blobs by their bytes.
   *
   * @param type the declared type of the column; empty where it has none
   */
  String binaryOrder(String stored, String type);
}
