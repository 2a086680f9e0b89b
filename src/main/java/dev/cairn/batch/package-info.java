/**
 * Runs an approved plan, one key range a transaction, each with its checkpoint and its check.
 *
 * <p>In comes an {@code Approved} and nothing else. Out go the run and its tally, whether it
 * finished, stopped at a batch's edge, or can't be known yet. {@code command} calls.
 */
package dev.cairn.batch;
