/**
 * What a person or a script can ask for: one class for each command, the session, the scripts.
 *
 * <p>In come lines, from wherever; all of them reach one engine. Out go reports and an exit code.
 * Works without a terminal: questions go to a {@code Console}, which {@code shell} or a script
 * supplies. Only here is a plan approved. {@code shell} and {@code Main} call.
 */
package dev.cairn.command;
