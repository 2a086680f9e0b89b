/**
 * From text to statements.
 *
 * <p>In comes the text of a script or a line. Out go statements with their places in that text,
 * unchanged down to comments and layout; what the grammar doesn't know stays opaque. Pure: no
 * connection, no clock, no file. Everyone but {@code error} may call.
 */
package dev.cairn.sql;
