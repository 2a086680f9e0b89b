package dev.cairn.sql;

/**
 * A column name as an expression uses it, quotes removed: the qualifier ("" for none,
 * "schema.table" where both are given), the name, where the whole begins, and whether the name was
 * quoted (an unquoted one matches whatever its case).
 */
public record NameUse(String qualifier, String name, int offset, boolean quoted) {}
