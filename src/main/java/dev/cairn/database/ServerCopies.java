package dev.cairn.database;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes, finds and drops copies of one database that its server keeps. Each call asks the server
 * anew. Fails with exit 6 where it can't be reached, 1 where it says no.
 */
public interface ServerCopies {

  /**
   * What a copy made now would be, in words.
   *
   * @param whole whether it must be a database of its own that can be written to
   */
  String intended(boolean whole);

  /** Whether copies of a way are its. */
  boolean makes(String way);

  /** Fails where whoever is asked for copies doesn't answer, or doesn't know the database. */
  void checkAsked();

  /**
   * Makes a copy of that name and waits until it can be read. Where no answer came it is looked
   * for; a copy of which nothing is known is never given.
   *
   * @param whole whether it must be a database of its own that can be written to
   * @param stop whether waiting is to end
   */
  ServerCopy make(String name, boolean whole, BooleanSupplier stop);

  /** Lets nobody write to it any more. */
  void protect(String name);

  /** What the server says of a copy; empty where there is none of that name. */
  Optional<Found> find(String name);

  /** Deletes it for good; nothing where there is none. */
  void drop(String name);

  /**
   * A copy as the server has it now.
   *
   * @param id what the server knows it by whatever its name; empty where it doesn't say
   * @param writable whether anybody can write to it
   */
  record Found(String id, boolean writable) {}
}
