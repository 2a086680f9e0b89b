package dev.cairn.plan;

import java.util.Optional;

/**
 * The source rows of a lane whose cursor lies above one value and not above another.
 *
 * @param after the watermark that it begins behind; empty at the lane's start
 * @param upTo the last cursor value in it
 */
public record KeyRange(Optional<Object> after, Object upTo) {

  /** Everything up to a bound. */
  public static KeyRange upTo(Object bound) {
    return new KeyRange(Optional.empty(), bound);
  }
}
