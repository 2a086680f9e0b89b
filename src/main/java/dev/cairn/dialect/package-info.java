/**
 * What differs between SQLite, libSQL and PostgreSQL.
 *
 * <p>In come names, keys and questions about an engine. Out go quoted names, fragments of SQL and
 * facts about what the engine can do; a capability that is unknown is a no. Pure. Everyone below
 * may call.
 */
package dev.cairn.dialect;
