/**
 * Measures Cairn against the plain ways to do the same work, each as a process of its own.
 *
 * <p>{@code src/test/bench/run} calls; nothing here is called by a test, and nothing here calls
 * Cairn but through its launcher.
 */
package dev.cairn.bench;
