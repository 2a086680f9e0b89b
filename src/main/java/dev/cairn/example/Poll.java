package dev.cairn.example;

/**
 * One moment in which a system was asked or answered by itself.
 *
 * @param index its place among the system's polls, from 0
 * @param time when the device measured, in seconds since 1970
 * @param received when the answer was stored, in seconds since 1970
 */
record Poll(int index, long time, long received) {

  /** The end of the 5-minute interval that holds the poll: intervals are open at their start. */
  long intervalEnd() {
    return Math.floorDiv(time + History.SLOT_SECONDS - 1, History.SLOT_SECONDS)
        * (long) History.SLOT_SECONDS;
  }
}
