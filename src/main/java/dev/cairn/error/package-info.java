/**
 * What went wrong, as a value: a code, a message, the place in the text and the next step.
 *
 * <p>In comes what a stage knows about a failure. Out goes a {@code CairnException} with the exit
 * code that scripts rely on. Every room may call this one; it calls none.
 */
package dev.cairn.error;
