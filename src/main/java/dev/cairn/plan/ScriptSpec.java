package dev.cairn.plan;

import java.util.Optional;

/**
 * A script as a plan file has it.
 *
 * @param script its statements
 * @param rollback the statements that take its changes of the schema back, where they are declared
 */
public record ScriptSpec(SqlText script, Optional<SqlText> rollback) {}
