package dev.cairn.plan.scope;

/**
 * A part of a statement whose rows can't be asked for.
 *
 * @param target the table's name, or the empty text
 * @param reason why not, for people
 */
public record UnknownRows(String target, String reason) implements StatementScope {}
