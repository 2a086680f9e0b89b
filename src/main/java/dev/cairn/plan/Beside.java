package dev.cairn.plan;

/**
 * Another database that a plan's queries read beside the target's: never written, and there only as
 * long as a query needs it. An engine that can't read two databases in one query refuses it.
 *
 * @param schema the name by which the queries call it
 * @param location where it is: a file's path
 */
public record Beside(String schema, String location) {}
