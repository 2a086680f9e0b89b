package dev.cairn.plan;

/**
 * What a target column gets.
 *
 * @param value an SQL expression over the source row
 * @param onInsert whether it is written with new rows only and no part of the comparison
 */
public record ColumnSpec(SqlText value, boolean onInsert) {}
