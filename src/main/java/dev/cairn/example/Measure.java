package dev.cairn.example;

import java.util.Locale;

/** What a legacy reading can hold, one constant for each column of {@code readings}. */
enum Measure {
  SOLAR_W(Kind.POWER),
  SOLAR_LOCAL_W(Kind.POWER),
  SOLAR_REMOTE_W(Kind.POWER),
  LOAD_W(Kind.POWER),
  BATTERY_W(Kind.POWER),
  GRID_W(Kind.POWER),
  BATTERY_SOC(Kind.STATE),
  FAULT_CODE(Kind.DIAGNOSTIC),
  FAULT_TIMESTAMP(Kind.DIAGNOSTIC),
  GENERATOR_STATUS(Kind.DIAGNOSTIC),
  SEQUENCE(Kind.DIAGNOSTIC),
  SOLAR_WH_INTERVAL(Kind.INTERVAL),
  LOAD_WH_INTERVAL(Kind.INTERVAL),
  BATTERY_IN_WH_INTERVAL(Kind.INTERVAL),
  BATTERY_OUT_WH_INTERVAL(Kind.INTERVAL),
  GRID_IN_WH_INTERVAL(Kind.INTERVAL),
  GRID_OUT_WH_INTERVAL(Kind.INTERVAL),
  SOLAR_KWH_TOTAL(Kind.TOTAL),
  LOAD_KWH_TOTAL(Kind.TOTAL),
  BATTERY_IN_KWH_TOTAL(Kind.TOTAL),
  BATTERY_OUT_KWH_TOTAL(Kind.TOTAL),
  GRID_IN_KWH_TOTAL(Kind.TOTAL),
  GRID_OUT_KWH_TOTAL(Kind.TOTAL),
  SOLAR_INVERTER_W(Kind.POWER),
  SHUNT_W(Kind.POWER);

  /** How a measure behaves: POWER in W, STATE in %, INTERVAL in Wh, TOTAL in kWh. */
  enum Kind {
    POWER,
    STATE,
    DIAGNOSTIC,
    INTERVAL,
    TOTAL
  }

  private final Kind kind;

  Measure(Kind kind) {
    this.kind = kind;
  }

  /** The column of {@code readings}. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
