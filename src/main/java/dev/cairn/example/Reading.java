package dev.cairn.example;

import java.util.EnumMap;
import java.util.Map;

/**
 * One legacy reading: what a device said at a poll; a measure that is absent wasn't answered.
 * Powers are Integer, state of charge and totals Double, times Long in ms, texts String.
 */
record Reading(int system, Poll poll, Map<Measure, Object> answers) {

  Reading(int system, Poll poll) {
    this(system, poll, new EnumMap<>(Measure.class));
  }

  /** What was answered, or null. */
  Object answer(Measure measure) {
    return answers.get(measure);
  }
}
