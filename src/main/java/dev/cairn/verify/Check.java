package dev.cairn.verify;

import java.util.List;

/**
 * What one comparison found.
 *
 * @param name what was compared: {@code rows}, {@code coverage}, {@code spotcheck}
 * @param lane the lane, in its own type; null where the plan has no lanes
 * @param ok whether it holds
 * @param compared rows that the query yields
 * @param differing rows that are there with other values and nothing explains it
 * @param missing rows that are not there
 * @param kept rows that are there with other values because the plan's policy kept them
 * @param unexpected target rows of the lane that the query doesn't yield; a note, no mismatch
 * @param detail one sentence for people, may be empty
 * @param sample some of the rows behind the numbers
 */
public record Check(
    String name,
    Object lane,
    boolean ok,
    long compared,
    long differing,
    long missing,
    long kept,
    long unexpected,
    String detail,
    List<SampleRow> sample) {

  public Check {
    sample = List.copyOf(sample);
  }
}
