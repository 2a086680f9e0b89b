/**
 * What was done, kept in the target database beside the data: runs, checkpoints and undo rows.
 *
 * <p>In come the facts of a batch. Out go fragments for the batch's own transaction, what is stored
 * about a run, and the plan that takes a run back. {@code batch} and the rooms below call.
 */
package dev.cairn.journal;
