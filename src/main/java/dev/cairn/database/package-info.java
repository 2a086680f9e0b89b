/**
 * Databases, and the only room that sees a driver.
 *
 * <p>In come SQL fragments with their binds. Out go streams of rows, a catalog, and for an atomic
 * batch one of committed, rolled back or unknown; errors of an engine leave as what to do about
 * them. Everyone below may call; nobody else opens a connection.
 */
package dev.cairn.database;
