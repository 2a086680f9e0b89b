package dev.cairn.catalog;

/**
 * A trigger.
 *
 * @param name as declared
 * @param sql the text that made it
 */
public record Trigger(String name, String sql) {}
