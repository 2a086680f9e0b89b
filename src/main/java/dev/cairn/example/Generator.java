package dev.cairn.example;

import java.time.Instant;

/**
 * The generator of an off-grid site: it helps a low battery and is exercised on Sunday mornings. It
 * was connected late, so for a long while its meter has shown 0, which is a value and no gap.
 */
final class Generator {
  private static final long CONNECTED = Instant.parse("2025-10-04T14:00:00Z").getEpochSecond();
  private static final int WATTS = 5_600;
  private static final int START_TENTHS = 280;
  private static final int STOP_TENTHS = 600;

  private boolean running;

  /** The power in W, 0 while it stands still. */
  int watts(long time, int tenthsOfCharge) {
    if (time < CONNECTED) {
      return 0;
    }
    running = running ? tenthsOfCharge < STOP_TENTHS : tenthsOfCharge < START_TENTHS;
    return running || exercised(time) ? WATTS + Math.floorMod(time, 97) : 0;
  }

  /** Day 0 of 1970 was a Thursday. */
  private static boolean exercised(long time) {
    double hour = Sky.hour(time);
    return Math.floorMod(Sky.day(time), 7) == 3 && hour >= 10 && hour < 10.4;
  }
}
