/**
 * What a database consists of: tables, columns, keys, foreign keys, indexes, triggers and views.
 *
 * <p>In come rows read from a live database, or DDL to replay. Out go records and the fingerprint
 * of a schema. Pure: the reading itself is done by {@code database}. Everyone below may call.
 */
package dev.cairn.catalog;
