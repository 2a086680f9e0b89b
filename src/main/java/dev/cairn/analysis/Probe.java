package dev.cairn.analysis;

/**
 * A question to the data on which a finding depends.
 *
 * @param sql a query of one row with one whole number; where it is 0 the finding falls away
 * @param message the finding's message once the number is known; {@code {n}} stands for it. Offline
 *     the finding keeps its own message
 */
public record Probe(String sql, String message) {}
