/**
 * The example databases of {@code cairn demo}.
 *
 * <p>In come a story, a scale and a seed. Out go a database with known faults planted in it and the
 * list of them; equal input gives an equal database. {@code command} calls.
 */
package dev.cairn.example;
