package dev.cairn.plan;

/**
 * A measured plan that a person or a script let through. Only {@code command} makes one, and {@code
 * batch} accepts nothing else.
 *
 * @param measured what was approved
 * @param by how: {@code apply}, {@code token}, {@code name typed}, {@code resume}
 */
public record Approved(Measured measured, String by) {}
