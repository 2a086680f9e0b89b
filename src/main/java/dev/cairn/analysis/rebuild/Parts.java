package dev.cairn.analysis.rebuild;

import dev.cairn.catalog.Table;

/**
 * The statements that make one table anew.
 *
 * @param name the table's name before and after
 * @param oldName what the old table is called when its rows are copied
 * @param newName what the new one is called then
 * @param created the place of its CREATE TABLE
 * @param drop the place of the old one's DROP TABLE
 * @param old the old table as it is before it is dropped or renamed
 * @param made the new table as it is behind the script
 */
record Parts(
    String name, String oldName, String newName, int created, int drop, Table old, Table made) {}
