package dev.cairn.example;

/**
 * Where power goes at one moment, in W: solar + battery + grid = load, up to a few watts of
 * measuring error. A charging battery is negative, an exporting grid too.
 *
 * @param generated whether what the grid gives comes from a generator
 */
record Flow(
    int remoteSolar,
    int localSolar,
    int load,
    int battery,
    int grid,
    int tenthsOfCharge,
    boolean generated) {

  int solar() {
    return remoteSolar + localSolar;
  }

  /** The power that a meter counts, never negative. */
  int metered(Counter counter) {
    return switch (counter) {
      case SOLAR -> solar();
      case LOAD -> load;
      case BATTERY_IN -> Math.max(0, -battery);
      case BATTERY_OUT -> Math.max(0, battery);
      case GRID_IN -> Math.max(0, grid);
      case GRID_OUT -> Math.max(0, -grid);
    };
  }
}
