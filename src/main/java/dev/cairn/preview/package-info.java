/**
 * What the database says about a plan before anything is written.
 *
 * <p>In comes a {@code Plan}. Out goes a {@code Measured}: counts, bounds, samples and the token
 * that an approval is given to. Only reads. {@code command} calls.
 */
package dev.cairn.preview;
