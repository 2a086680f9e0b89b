package dev.cairn.example;

/** A battery that fills slowly towards the top and keeps a reserve; powers in W. */
final class Battery {
  private static final double KEPT_WHEN_CHARGING = 0.95;
  private static final double KEPT_WHEN_DISCHARGING = 0.97;
  private static final double SECONDS_IN_AN_HOUR = 3_600;

  private final double capacity;
  private final double reserve;
  private final int power;
  private double stored;

  /** Begins at 62 % and never goes below the reserve share. */
  Battery(Site site, double reserveShare) {
    capacity = site.batteryCapacity();
    reserve = capacity * reserveShare;
    power = site.batteryPower();
    stored = capacity * 0.62;
  }

  /** Takes up to what is offered for some seconds and says how much. */
  int charge(double offered, int seconds) {
    double room = (capacity - stored) * SECONDS_IN_AN_HOUR / (KEPT_WHEN_CHARGING * seconds);
    double taper = Math.min(1, (1 - stored / capacity) * 10);
    int taken = (int) Math.max(0, Math.min(Math.min(offered, power * taper), room));
    stored += taken * seconds / SECONDS_IN_AN_HOUR * KEPT_WHEN_CHARGING;
    return taken;
  }

  /** Gives up to what is wanted for some seconds and says how much. */
  int discharge(double wanted, int seconds) {
    double left = (stored - reserve) * SECONDS_IN_AN_HOUR * KEPT_WHEN_DISCHARGING / seconds;
    int given = (int) Math.max(0, Math.min(Math.min(wanted, power), left));
    stored -= given * seconds / SECONDS_IN_AN_HOUR / KEPT_WHEN_DISCHARGING;
    return given;
  }

  /** The state of charge in tenths of a percent. */
  int tenthsOfPercent() {
    return (int) Math.max(0, Math.min(1_000, StrictMath.floor(stored / capacity * 1_000)));
  }
}
