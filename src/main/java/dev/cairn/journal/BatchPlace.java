package dev.cairn.journal;

import java.util.Optional;

/**
 * Which batch of which lane of which run.
 *
 * @param run the run's number
 * @param lane the lane's place in the run
 * @param batch 1 for the lane's first
 * @param epoch the epoch in which this process owns the run
 * @param after the watermark of the batch before
 * @param upTo this batch's watermark
 */
public record BatchPlace(
    long run, int lane, long batch, long epoch, Optional<Object> after, Object upTo) {}
