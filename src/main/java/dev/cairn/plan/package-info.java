/**
 * What is to be done, as data: plans and their steps, and what they become on the way to a run.
 *
 * <p>In come plan files, statements and their analysis. Out go {@code Plan}s and the types of the
 * later stages: only {@code preview} makes a {@code Measured}, only {@code command} an {@code
 * Approved}. Pure text and structure. Everyone below may call.
 */
package dev.cairn.plan;
