/**
 * The prompt: reading lines from a terminal, completion, highlighting, progress.
 *
 * <p>In come keystrokes. Out go lines for {@code command} and answers to its questions. Knows
 * nothing about plans or engines that {@code command} doesn't tell. {@code Main} calls.
 */
package dev.cairn.shell;
