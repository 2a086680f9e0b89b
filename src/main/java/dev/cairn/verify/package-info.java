/**
 * Proves that the target contains what the plan says.
 *
 * <p>In come a plan and a run. Out goes a {@code Verification}: verified, a mismatch with samples,
 * or not verifiable and why. Only reads; trusts no count that the run itself made. {@code command}
 * calls.
 */
package dev.cairn.verify;
