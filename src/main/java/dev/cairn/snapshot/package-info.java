/**
 * Copies put aside, and the way back to them.
 *
 * <p>In come a database and a name. Out go checked copies, their differences to the present, and
 * the plan that puts rows back as they were. Writes nothing to the target. {@code command} calls.
 */
package dev.cairn.snapshot;
